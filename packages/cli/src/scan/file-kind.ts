/**
 * What a file is to an agent. `agent-instructions`: read as orders; `mcp-config`, `agent-settings`: say which tools it
 * gets; `prompt`: sent to a model; `document`: read as information; `code` and `data`: everything else.
 */
export type FileKind =
  | 'agent-instructions'
  | 'agent-settings'
  | 'mcp-config'
  | 'prompt'
  | 'package'
  | 'workflow'
  | 'document'
  | 'code'
  | 'lock'

const BY_PATH: readonly (readonly [RegExp, FileKind])[] = [
  [
    /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|uv\.lock|Cargo\.lock|go\.sum|composer\.lock|Gemfile\.lock|Pipfile\.lock|deno\.lock)$/,
    'lock',
  ],
  [
    /(?:^|\/)(?:\.mcp\.json|mcp\.json|mcp_config\.json|mcp-config\.json|mcp_settings\.json|cline_mcp_settings\.json|claude_desktop_config\.json)$/,
    'mcp-config',
  ],
  [
    /(?:^|\/)(?:\.claude\/settings(?:\.local)?\.json|\.gemini\/settings\.json|\.codex\/config\.toml|\.vscode\/(?:settings|tasks)\.json|\.cursor\/(?:cli|permissions)\.json|opencode\.jsonc?|\.zed\/settings\.json|\.aider\.conf\.ya?ml|\.devcontainer(?:\/[\w-]+)?(?:\/devcontainer)?\.json)$/,
    'agent-settings',
  ],
  [/(?:^|\/)(?:AGENTS?|CLAUDE|GEMINI|QWEN|CONVENTIONS)(?:\.local|\.override)?\.md$/i, 'agent-instructions'],
  [
    /(?:^|\/)(?:\.cursorrules|\.windsurfrules|\.clinerules|\.goosehints|\.rules|SKILL\.md|\.github\/copilot-instructions\.md|\.junie\/guidelines\.md)$/i,
    'agent-instructions',
  ],
  [
    /(?:^|\/)(?:\.cursor\/rules|\.clinerules|\.windsurf\/rules|\.github\/(?:instructions|chatmodes|agents)|\.claude\/(?:commands|agents|skills|output-styles|rules)|\.roo\/rules[\w-]*|\.continue\/rules|\.kiro\/steering|\.amazonq\/rules|\.agents\/skills)\/.*\.(?:md|mdc|txt)$/,
    'agent-instructions',
  ],
  [/(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, 'workflow'],
  [/(?:^|\/)package\.json$/, 'package'],
  [
    /\.prompt(?:\.(?:md|txt|ya?ml|json))?$|\.prompty$|(?:^|\/)(?:system[-_]?)?prompts?(?:\/.*)?\.(?:md|txt|j2|jinja2?|hbs|mustache)$/i,
    'prompt',
  ],
  [/(?:^|\/)prompts?\/[^/]+(?:\/[^/]+)?\.(?:md|txt|j2|jinja2?|hbs|mustache|ya?ml)$/i, 'prompt'],
  [/\.(?:md|mdx|markdown|rst|txt|adoc|html?)$/i, 'document'],
]

export function fileKind(path: string): FileKind {
  return BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? 'code'
}

/** Tests, samples and documentation: a low-certainty credential there is most likely made up. */
export function isSample(path: string): boolean {
  return /(?:^|\/)(?:[\w-]*tests?|__tests__|specs?|fixtures?|testdata|__mocks__|mocks?|examples?|samples?|docs?|cookbook|e2e|benchmarks?)\/|[._-](?:test|spec|fixture|mock|example|sample|template)s?\.[\w.]+$|\.(?:mdx?|mdc|rst|adoc)$|(?:^|\/)(?:test_|conftest)[^/]*$|\.(?:example|sample|template|dist)$/i.test(
    path,
  )
}
