/** The guide's other usage snippets, translated: secrets, limits, output for the web, configuration and logging. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configFromEnvironment } from '@sallyport/gateway'
import { openAuditLog, verifyLog } from 'sallyport/audit'
import { createLimiter } from 'sallyport/limits'
import { checkKeyFormat } from 'sallyport/secrets'
import { secretsManagerFor } from 'sallyport/secrets/node'
import { sanitizeFor } from 'sallyport/sinks'

// The guide: secrets = get_secrets_manager(); api_key = secrets.get_secret("OPENAI_API_KEY")
const example = ['sk', 'proj', 'Zq8Rt2Yw'.repeat(6)].join('-')
const secrets = secretsManagerFor({ DEPLOYMENT_ENV: 'development', OPENAI_API_KEY: example })
const apiKey = await secrets.getSecret('env:OPENAI_API_KEY')
console.log('key', String(apiKey), checkKeyFormat('openai', apiKey).ok)
secrets.close()

// The guide: rate_limiter = UserRateLimiter(requests_per_minute=10)
const limiter = createLimiter()
const tries = Array.from({ length: 12 }, () => limiter.check({ user: 'user-1' }))
console.log('allowed', tries.filter(({ allowed }) => allowed).length, 'of', tries.length)

// The guide: safe_html = OutputSanitizer.sanitize_for_web(response.chat_message)
const answer = 'Open <b>Settings</b>. <scr<script></script>ipt>steal()</script>'
console.log('html', sanitizeFor('html', answer, {}).text)
console.log('sql', sanitizeFor('sql-literal', "O'Brien", { dialect: 'postgres' }).text)

// The guide: load_secure_config(), from ALLOWED_MODELS, MAX_TOKENS and RATE_LIMIT_RPM
const config = configFromEnvironment({}, { ALLOWED_MODELS: 'demo', MAX_TOKENS: '4096', RATE_LIMIT_RPM: '60' })
console.log('config', config.allowedModels?.join(), config.maxTokens, config.rateLimits.key.requestsPerMinute)

// The guide: security_log.log_injection_attempt(user_id, message), here without the message and in a log that shows edits
const folder = await mkdtemp(join(tmpdir(), 'sallyport-example-'))
const log = await openAuditLog({ folder })
await log.append({ type: 'injection_attempt', severity: 'high', outcome: 'block', actor: { user: 'user-1' } })
await log.close()
console.log('log intact', verifyLog(folder).isIntact)
await rm(folder, { recursive: true })
