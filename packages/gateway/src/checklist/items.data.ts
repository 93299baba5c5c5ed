export interface ChecklistItem {
  readonly id: string
  readonly section: string
  readonly title: string
  /** What to do when it does not pass. */
  readonly fix: string
  /** Ids of `TAXONOMY`. */
  readonly threats: readonly string[]
}

const DEVELOPMENT = 'Development'
const DEPLOYMENT = 'Deployment'
const MONITORING = 'Monitoring'
const LLM = 'OWASP LLM 2026'
const AGENTIC = 'OWASP Agentic 2026'
const MORE = 'Beyond the lists'

/** Every item in the order it is shown. The first fifteen are the guide's boxes in its own words. */
export const ITEMS = [
  {
    id: 'keys-not-in-source',
    section: DEVELOPMENT,
    title: 'API keys never in source code',
    fix: 'Revoke the key, read it from the environment or a secrets manager, and let `sallyport scan` run before each commit.',
    threats: ['LLM02:2026', 'AML.T0055'],
  },
  {
    id: 'input-validation',
    section: DEVELOPMENT,
    title: 'Input validation on all user inputs',
    fix: 'Send every request through the gateway, or give every text to `shield.check` before the model sees it.',
    threats: ['LLM01:2026'],
  },
  {
    id: 'output-sanitization',
    section: DEVELOPMENT,
    title: 'Output sanitization before display',
    fix: 'Let answers pass the output gate, and encode them for the place they end up in (`gateway.sinks`, `sallyport/sinks`).',
    threats: ['LLM10:2026', 'AML.T0077'],
  },
  {
    id: 'output-schema',
    section: DEVELOPMENT,
    title: 'Schema constraints on LLM outputs',
    fix: 'Ask for a schema (`response_format`, `createSecureAgent` with `output`) and validate the answer against it.',
    threats: ['LLM10:2026', 'LLM07:2026'],
  },
  {
    id: 'security-logging',
    section: DEVELOPMENT,
    title: 'Security logging implemented',
    fix: 'gateway.audit.enabled: true and onFailure: block.',
    threats: [],
  },
  {
    id: 'secrets-manager',
    section: DEPLOYMENT,
    title: 'Secrets stored in secrets manager',
    fix: 'Name the place of each key as vault:… or aws-sm:… (docs/secrets.md).',
    threats: ['AML.T0055'],
  },
  {
    id: 'https',
    section: DEPLOYMENT,
    title: 'HTTPS enabled',
    fix: 'Listen on loopback behind a proxy with TLS, or set gateway.listen.tls.',
    threats: ['LLM02:2026', 'ASI07'],
  },
  {
    id: 'rate-limiting',
    section: DEPLOYMENT,
    title: 'Rate limiting configured',
    fix: 'Set gateway.rateLimits for keys and persons (RATE_LIMIT_RPM).',
    threats: ['LLM06:2026', 'AML.T0034'],
  },
  {
    id: 'content-policy',
    section: DEPLOYMENT,
    title: 'Content policy enforcement',
    fix: 'List your topics, words and patterns under guards.content-policy.options, and leave pii and secrets at redact.',
    threats: ['LLM02:2026'],
  },
  {
    id: 'security-headers',
    section: DEPLOYMENT,
    title: 'Security headers set',
    fix: 'Send nosniff, a content security policy that forbids framing, no-store and no-referrer; over TLS also Strict-Transport-Security.',
    threats: ['LLM10:2026'],
  },
  {
    id: 'auth-failures-logged',
    section: MONITORING,
    title: 'Auth failures logged',
    fix: 'Record refused keys with time, address and route; give the audit an admin key so that it can look.',
    threats: ['ASI03'],
  },
  {
    id: 'rate-limit-events-logged',
    section: MONITORING,
    title: 'Rate limit events logged',
    fix: 'Record each refused request with the limit that held it.',
    threats: ['LLM06:2026'],
  },
  {
    id: 'injection-attempts-logged',
    section: MONITORING,
    title: 'Injection attempts logged',
    fix: 'Record each attempt with its rule, never with its text.',
    threats: ['LLM01:2026'],
  },
  {
    id: 'policy-violations-logged',
    section: MONITORING,
    title: 'Policy violations logged',
    fix: 'Record each refusal and redaction with its rule, never with its text.',
    threats: ['LLM02:2026'],
  },
  {
    id: 'alerts',
    section: MONITORING,
    title: 'Alerts configured for anomalies',
    fix: 'Configure where alerts go, and send a test alert.',
    threats: ['ASI08', 'ASI10'],
  },

  {
    id: 'llm01-prompt-injection',
    section: LLM,
    title: 'LLM01 Prompt Injection',
    fix: 'Leave guards.prompt-injection at the preset for input, retrieval and tool results.',
    threats: ['LLM01:2026', 'AML.T0051'],
  },
  {
    id: 'llm02-sensitive-information',
    section: LLM,
    title: 'LLM02 Sensitive Information Disclosure',
    fix: 'Leave guards.pii and guards.secrets at redact or block for input and output.',
    threats: ['LLM02:2026', 'AML.T0057'],
  },
  {
    id: 'llm03-excessive-agency',
    section: LLM,
    title: 'LLM03 Excessive Agency',
    fix: 'Refuse provider-hosted tools (gateway.permits), and grant agents named tools only.',
    threats: ['LLM03:2026', 'ASI02'],
  },
  {
    id: 'llm04-supply-chain',
    section: LLM,
    title: 'LLM04 Supply Chain',
    fix: 'Commit a lock file, pin MCP servers, and mend what the advisories name.',
    threats: ['LLM04:2026', 'ASI04'],
  },
  {
    id: 'llm05-poisoning',
    section: LLM,
    title: 'LLM05 Data and Model Poisoning',
    fix: 'Name the models that may be used (gateway.allowedModels), and remove hidden text from prompts and documents.',
    threats: ['LLM05:2026'],
  },
  {
    id: 'llm06-unbounded-consumption',
    section: LLM,
    title: 'LLM06 Unbounded Consumption',
    fix: 'Bound the body, the answer (gateway.maxTokens) and the requests (gateway.rateLimits).',
    threats: ['LLM06:2026', 'AML.T0029'],
  },
  {
    id: 'llm07-misinformation',
    section: LLM,
    title: 'LLM07 Misinformation',
    fix: 'Ask for sources, check answers against them, and say to people what a model is.',
    threats: ['LLM07:2026'],
  },
  {
    id: 'llm08-hidden-context',
    section: LLM,
    title: 'LLM08 Hidden Context Exposure',
    fix: 'Leave guards.prompt-leak on, and keep secrets out of system prompts.',
    threats: ['LLM08:2026', 'AML.T0056'],
  },
  {
    id: 'llm09-retrieval',
    section: LLM,
    title: 'LLM09 Vector and Embedding Weaknesses',
    fix: 'Let retrieved texts pass the retrieval gate before they reach the model.',
    threats: ['LLM09:2026', 'AML.T0051.001'],
  },
  {
    id: 'llm10-output-handling',
    section: LLM,
    title: 'LLM10 Improper Output Handling',
    fix: 'Let answers pass the output gate; never render or run them as they are.',
    threats: ['LLM10:2026', 'AML.T0077'],
  },

  {
    id: 'asi01-goal-hijack',
    section: AGENTIC,
    title: 'ASI01 Agent Goal Hijack',
    fix: 'Gate tool results and documents as untrusted text.',
    threats: ['ASI01', 'AML.T0051.001'],
  },
  {
    id: 'asi02-tool-misuse',
    section: AGENTIC,
    title: 'ASI02 Tool Misuse and Exploitation',
    fix: 'Gate the arguments of tool calls, and grant tools by name.',
    threats: ['ASI02', 'AML.T0053'],
  },
  {
    id: 'asi03-identity',
    section: AGENTIC,
    title: 'ASI03 Identity and Privilege Abuse',
    fix: 'Require a key on every route, keep administration to admin keys, and narrow keys by model, route and network.',
    threats: ['ASI03'],
  },
  {
    id: 'asi04-agentic-supply-chain',
    section: AGENTIC,
    title: 'ASI04 Agentic Supply Chain',
    fix: 'Pin MCP servers and agent tools, and look at what agent files order.',
    threats: ['ASI04'],
  },
  {
    id: 'asi05-code-execution',
    section: AGENTIC,
    title: 'ASI05 Unexpected Code Execution',
    fix: 'Leave guards.code-output on, and run generated code in a sandbox or not at all.',
    threats: ['ASI05'],
  },
  {
    id: 'asi06-memory-poisoning',
    section: AGENTIC,
    title: 'ASI06 Memory and Context Poisoning',
    fix: 'Gate every message of a transcript, earlier answers too.',
    threats: ['ASI06'],
  },
  {
    id: 'asi07-agent-communication',
    section: AGENTIC,
    title: 'ASI07 Insecure Inter-Agent Communication',
    fix: 'Call upstreams and MCP servers by https:// and with keys of their own.',
    threats: ['ASI07'],
  },
  {
    id: 'asi08-cascading-failures',
    section: AGENTIC,
    title: 'ASI08 Cascading Failures',
    fix: 'Bound time and retries, and let a failed guard refuse (no failOpen).',
    threats: ['ASI08'],
  },
  {
    id: 'asi09-human-trust',
    section: AGENTIC,
    title: 'ASI09 Human-Agent Trust Exploitation',
    fix: 'Leave guards.unicode on for answers: hidden and reversed text deceives the person who approves.',
    threats: ['ASI09'],
  },
  {
    id: 'asi10-rogue-agents',
    section: AGENTIC,
    title: 'ASI10 Rogue Agents',
    fix: 'Give each agent its own key, so that one can be stopped at once.',
    threats: ['ASI10'],
  },

  {
    id: 'dangerous-settings',
    section: MORE,
    title: 'No dangerous settings',
    fix: 'See `sallyport config check`.',
    threats: [],
  },
  {
    id: 'gate-bypass',
    section: MORE,
    title: 'No calls to models that bypass the gates',
    fix: 'Give the client the base URL of the gateway, or wrap the model (sallyport/ai-sdk).',
    threats: ['LLM01:2026'],
  },
  {
    id: 'agent-files',
    section: MORE,
    title: 'Agent files order and grant nothing dangerous',
    fix: 'Run `sallyport scan`: it names the lines.',
    threats: ['LLM01:2026', 'ASI01', 'ASI04'],
  },
  {
    id: 'system-prompt',
    section: MORE,
    title: 'System prompt is hardened',
    fix: 'Start from `safeSystemPrompt()` of sallyport/agent.',
    threats: ['LLM08:2026'],
  },
  {
    id: 'tls-quality',
    section: MORE,
    title: 'TLS is of good quality',
    fix: 'Offer TLS 1.2 and 1.3 only, with a certificate that is valid for the name and for a while yet.',
    threats: ['ASI07'],
  },
  {
    id: 'security-txt',
    section: MORE,
    title: 'A way to report vulnerabilities',
    fix: 'Set gateway.securityTxt.contact (RFC 9116).',
    threats: [],
  },
  {
    id: 'runtime-node',
    section: MORE,
    title: 'Node.js gets security fixes',
    fix: 'Move to a Node.js release line that is maintained.',
    threats: ['LLM04:2026'],
  },
  {
    id: 'runtime-dependencies',
    section: MORE,
    title: 'No dependencies with known vulnerabilities',
    fix: 'npm audit --json > advisories.json, and mend what it names.',
    threats: ['LLM04:2026'],
  },
  {
    id: 'runtime-file-permissions',
    section: MORE,
    title: 'Keys and logs are readable by their owner alone',
    fix: 'chmod 700 the data folder and 600 what is in it.',
    threats: ['AML.T0055'],
  },
] as const satisfies readonly ChecklistItem[]

export type ItemId = (typeof ITEMS)[number]['id']
