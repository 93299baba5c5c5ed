/** Every rule of `sallyport scan`: what it means, what to do, and the taxonomy ids it belongs to. */
export const SCAN_RULES = {
  secret: {
    title: 'A credential in a file',
    fix: 'Revoke it where it was issued, remove it here and from the history, and read it from the environment or a secrets manager.',
    threats: ['LLM02:2026', 'AML.T0055'],
  },
  'secret-in-history': {
    title: 'A credential in the git history',
    fix: 'Revoke it where it was issued: it is in every clone. Rewriting the history alone does not help.',
    threats: ['LLM02:2026', 'AML.T0055'],
  },
  'hidden-text': {
    title: 'Text that a model reads and a person does not see',
    fix: 'Remove the invisible characters; look at who brought them in.',
    threats: ['LLM01:2026', 'ASI01', 'AML.T0068'],
  },
  'bidi-control': {
    title: 'Direction controls that make code read in another order than it runs',
    fix: 'Remove the control characters, or write them as escapes.',
    threats: ['ASI09', 'AML.T0068'],
  },
  'injected-instruction': {
    title: 'An instruction to the assistant that reads this file',
    fix: 'Remove it, and look at who brought it in. If it is quoted on purpose, accept it with a reason.',
    threats: ['LLM01:2026', 'ASI01', 'AML.T0051.001'],
  },
  'hidden-comment': {
    title: 'Orders to an assistant inside a comment that a rendered page does not show',
    fix: 'Remove the comment: agents read it, reviewers of the rendered page do not.',
    threats: ['LLM01:2026', 'ASI01', 'AML.T0051.001'],
  },
  'unbounded-tool': {
    title: 'An agent may run anything without being asked',
    fix: 'Name the commands and tools it needs, and let a person confirm the rest.',
    threats: ['LLM03:2026', 'ASI02'],
  },
  'approval-off': {
    title: 'Confirmations of an agent are switched off',
    fix: 'Let a person confirm what changes or sends something; run without confirmation only in a sandbox.',
    threats: ['LLM03:2026', 'ASI02'],
  },
  'trusts-project-servers': {
    title: 'MCP servers of the repository start without a question',
    fix: 'Name the servers that may start (enabledMcpjsonServers).',
    threats: ['LLM03:2026', 'ASI04'],
  },
  'redirects-model': {
    title: "The repository sends the agent's requests, and its key, to another place",
    fix: 'Remove the address from the repository; set it on your own machine if you need it.',
    threats: ['LLM02:2026', 'ASI04'],
  },
  'wide-file-access': {
    title: 'An MCP server may read or write far more than the project',
    fix: 'Give it the folders it needs, read-only where that is enough.',
    threats: ['LLM03:2026', 'ASI02'],
  },
  'unpinned-server': {
    title: 'An MCP server is downloaded anew in whatever version is newest',
    fix: 'Name an exact version or digest: name@1.2.3.',
    threats: ['LLM04:2026', 'ASI04'],
  },
  'plain-http-server': {
    title: 'An MCP server is called without TLS',
    fix: 'Use https://, or a server on this machine.',
    threats: ['ASI07'],
  },
  'downloads-and-runs': {
    title: 'Something is downloaded and run in one go',
    fix: 'Pin what is downloaded, check its digest, and run it from a file that was reviewed.',
    threats: ['LLM04:2026', 'ASI04', 'ASI05'],
  },
  'install-script': {
    title: 'Installing the package runs something unusual',
    fix: 'Remove the script or do it in a reviewed file; install with --ignore-scripts until you know.',
    threats: ['LLM04:2026', 'ASI04'],
  },
  'runs-on-open': {
    title: 'Opening the folder runs a command',
    fix: 'Let a person start it.',
    threats: ['ASI04', 'ASI05'],
  },
  'untrusted-prompt': {
    title: 'An automated agent reads text that strangers write, with rights',
    fix: 'Do not put issue, comment or pull-request text into the prompt; give the job read-only rights.',
    threats: ['LLM01:2026', 'ASI01'],
  },
  'unreadable-config': {
    title: 'An agent configuration that cannot be read',
    fix: 'Mend the file: what cannot be read cannot be judged.',
    threats: ['ASI04'],
  },
  'acceptance-without-reason': {
    title: 'A finding is ignored without a reason',
    fix: 'Write why: sallyport-ignore RULE -- reason.',
    threats: [],
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly fix: string; readonly threats: readonly string[] }
>

export type RuleId = keyof typeof SCAN_RULES

export const RULE_IDS = Object.keys(SCAN_RULES) as RuleId[]
