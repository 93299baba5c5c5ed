import type { PresetName } from 'sallyport'

/** The answers `sallyport init` turns into files. */
export interface StarterAnswers {
  readonly preset: PresetName
  /** Base URL of an OpenAI-compatible API; absent: the demo model alone. */
  readonly upstream?: string
  /** Name of the variable with the upstream's key; absent: it needs none. */
  readonly keyVariable?: string
  /** Models callers may name. */
  readonly models: readonly string[]
  readonly maxTokens?: number
  readonly port: number
}

/** A `sallyport.yaml` that explains itself. */
export function starterConfig(answers: StarterAnswers): string {
  const { preset, upstream, models, maxTokens, port } = answers
  const isServed = upstream !== undefined
  return `# Sallyport. Check this file with "sallyport config check", see what is in force with "sallyport config print".
# Every key is described in docs/configuration.md; editors complete from what "sallyport config schema" prints. What is absent has a safe default.

# Where the policy starts from: recommended, strict (asks a person where recommended only records) or monitor (records
# everything and stops nothing: to watch your traffic before you start).
preset: ${preset}

# Changes to the preset. The ladder by which a rule is brought in: monitor, redact, review, block.
# guards:
#   pii:
#     rules:
#       EMAIL_ADDRESS: monitor
#   content-policy:
#     options:
#       words: ['project blackbird']

# Findings to let pass: each with a reason and an end, for as few routes and keys as possible.
# exceptions:
#   - guard: secrets
#     code: jwt
#     route: /v1/chat/completions
#     expires: 2027-03-31
#     reason: Why, for the person who reads this next year.

gateway:
  listen:
    host: 127.0.0.1 # this machine only; put a proxy with TLS in front for others
    port: ${port}

  # Where requests may go. A request can never choose another place.
${isServed ? upstreamLines(answers) : EXAMPLE_UPSTREAM}
  # The built-in model \`demo\` answers without any provider.
  demoModel: ${isServed ? 'false' : 'true'}
${
  maxTokens === undefined
    ? '\n  # Most tokens an answer may have; a request for more is refused.\n  # maxTokens: 4096\n'
    : `\n  # Most tokens an answer may have; a request for more is refused.\n  maxTokens: ${maxTokens}\n`
}
  # What a model can do and how much it may answer.
  # models:
  #   - name: ${quote(models.find((name) => name !== '*') ?? (isServed ? 'gpt-5-mini' : 'demo'))}
  #     maxTokens: 1000
  #     capabilities: { images: false }

  # Names the gateway is called by, besides localhost, and web pages that may call it.
  # allowedHosts: [llm.example.com]
  # allowedOrigins: ['https://app.example.com']
`
}

/** Every variable the gateway reads, with no value that is a secret. */
export function starterEnvironment({ keyVariable }: StarterAnswers): string {
  return `# Copy to .env and fill in; .env is ignored by git, this file is not. For a shell: set -a; . ./.env; set +a
${keyVariable === undefined ? '# No upstream needs a key.\n' : `${keyVariable}=\n`}
# Keys to use instead of those made at first start: sp-admin-… and sp-client-… with 32 or more random characters.
# SALLYPORT_BOOTSTRAP_ADMIN_KEY=
# SALLYPORT_BOOTSTRAP_CLIENT_KEY=

# These win over sallyport.yaml.
# SALLYPORT_PORT=8711
# SALLYPORT_HOST=127.0.0.1
# SALLYPORT_DATA=./data
# ALLOWED_MODELS=gpt-5-mini,gpt-5
# MAX_TOKENS=4096
`
}

/** Lines that must be in `.gitignore`: secrets, and the folder with keys and database. */
export const IGNORED = ['.env', 'data/'] as const

/** The ignore file with what it lacks; undefined when it lacks nothing. */
export function withIgnored(gitignore: string): string | undefined {
  const present = new Set(gitignore.split(/\r?\n/).map((line) => line.trim().replace(/^\//, '').replace(/\/$/, '')))
  const missing = IGNORED.filter((line) => !present.has(line.replace(/\/$/, '')))
  if (missing.length === 0) return undefined
  const before = gitignore === '' || gitignore.endsWith('\n') ? gitignore : `${gitignore}\n`
  return `${before}${before === '' ? '' : '\n'}# Sallyport: secrets, keys and database\n${missing.join('\n')}\n`
}

const EXAMPLE_UPSTREAM = `  # upstreams:
  #   - name: openai
  #     baseUrl: https://api.openai.com/v1
  #     apiKey: env:OPENAI_API_KEY # the place of the key, never the key
  #     models: [gpt-5-mini]
`

function upstreamLines({ upstream = '', keyVariable, models }: StarterAnswers): string {
  const key =
    keyVariable === undefined ? '' : `\n      apiKey: env:${keyVariable} # the place of the key, never the key`
  return `  upstreams:
    - name: ${nameOf(upstream)}
      baseUrl: ${quote(upstream)}${key}
      models: [${models.map(quote).join(', ')}]
`
}

/** `openai` of `https://api.openai.com/v1`; `local` of an address or a bare name. */
function nameOf(url: string): string {
  const labels = new URL(url).hostname.split('.')
  const name = labels.at(-2) ?? 'local'
  return /^[a-z][a-z0-9-]*$/.test(name) ? name : 'local'
}

/** Single quotes hold everything in YAML but a single quote, which stands twice. */
function quote(value: string): string {
  return /^[A-Za-z][\w.-]*$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`
}
