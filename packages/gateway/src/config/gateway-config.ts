import { SECRET_REFERENCE } from 'sallyport/secrets'
import { z } from 'zod'
import { alertsSchema } from '../alerts/alerts-config.ts'
import { securityTxtSchema, tlsSchema } from './exposure-config.ts'
import { rateLimitsSchema } from '../limits/rate-limits-config.ts'
import { sinkSchema } from './sinks-config.ts'
import { storageSchema } from '../storage/storage-config.ts'

const PERMITS = ['image', 'audio', 'file', 'hosted-tool', 'stored-conversation'] as const

const name = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'Letters, digits, dots, dashes and underscores only.')
const modelName = z.string().regex(/^[A-Za-z0-9][\w.:/@+-]{0,199}$/, 'Not a model name.')

/** A configuration file is read by many and committed by some: it names the place of a secret, never the secret. */
export const secretReferenceSchema = z
  .string()
  .regex(
    SECRET_REFERENCE,
    'A key is never written into the file. Use env:NAME (an environment variable), file:PATH (a file with only the key), aws-sm:NAME#FIELD or vault:MOUNT/PATH#FIELD.',
  )

const httpUrl = z.url({ protocol: /^https?$/, error: 'An http:// or https:// URL is needed.' }).refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}, 'No user name, password, query or fragment in the URL.')

export const upstreamSchema = z.strictObject({
  name: name.describe('Your name for it; used in events and messages.'),
  baseUrl: httpUrl.describe('Up to and including the version, e.g. https://api.openai.com/v1.'),
  apiKey: secretReferenceSchema
    .optional()
    .describe(
      'env:NAME, file:PATH, aws-sm:NAME or vault:MOUNT/PATH#FIELD. Without it no Authorization header is sent.',
    ),
  traceparent: z
    .boolean()
    .default(false)
    .describe(
      'Send a W3C traceparent header, so that the upstream’s spans join the trace. It tells the trace id, nothing else.',
    ),
  keyFormat: z
    .enum(['refuse', 'warn', 'off'])
    .optional()
    .describe(
      'What to do at the start when the key does not look like one of its provider. Default: refuse for known providers, warn for other hosts.',
    ),
  models: z
    .array(z.union([z.literal('*'), modelName, z.strictObject({ name: modelName, as: modelName })]))
    .min(1)
    .describe('Models callers may name; {name, as}: callers say `name`, the upstream hears `as`; "*": all others.'),
})

export const modelSchema = z.strictObject({
  name: modelName.describe('As callers name it.'),
  maxTokens: z.int().min(1).max(100_000_000).optional().describe('Most tokens an answer may have. More is a 400.'),
  maxTokensParameter: z
    .enum(['max_completion_tokens', 'max_tokens'])
    .default('max_completion_tokens')
    .describe('How the upstream is told the bound when a request names none.'),
  capabilities: z
    .strictObject({
      tools: z.boolean().default(true).describe('Takes tools and functions.'),
      images: z.boolean().default(true).describe('Takes images (which `permits` must allow as well).'),
      json: z.boolean().default(true).describe('Takes a JSON response_format.'),
    })
    .prefault({})
    .describe('A request for what a model cannot do is a 400 and never reaches the upstream.'),
})

const milliseconds = (value: number) => z.int().min(1).max(3_600_000).default(value)

/** The part of `sallyport.yaml` under `gateway:`. */
export const gatewayConfigSchema = z.strictObject({
  listen: z
    .strictObject({
      host: z
        .string()
        .min(1)
        .default('127.0.0.1')
        .describe('Address to listen on. Loopback unless you put TLS in front.'),
      port: z.int().min(0).max(65_535).default(8711).describe('0 takes a free port.'),
      tls: tlsSchema
        .optional()
        .describe('Speak HTTPS (TLS 1.2 and 1.3, HTTP/1.1). Default: plain HTTP, for loopback or behind a proxy.'),
    })
    .prefault({}),
  dataDir: z.string().min(1).default('./data').describe('Keys and database. One gateway at a time.'),
  upstreams: z
    .array(upstreamSchema)
    .default([])
    .describe('Where requests may go. A request can never choose another place.'),
  models: z
    .array(modelSchema)
    .refine((models) => new Set(models.map(({ name: each }) => each)).size === models.length, 'A model stands twice.')
    .default([])
    .describe('What models can do and how much they may answer. Models without an entry have no bounds of their own.'),
  allowedModels: z
    .array(modelName)
    .min(1)
    .optional()
    .describe('The only models that may be named. Default: all of upstreams, and `demo`.'),
  maxTokens: z
    .int()
    .min(1)
    .max(100_000_000)
    .optional()
    .describe('Most tokens any answer may have. The bound of a model can only be lower.'),
  demoModel: z.boolean().default(true).describe('Serve the built-in model `demo`.'),
  allowedHosts: z
    .array(z.string().regex(/^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/, 'A lower-case host name without port.'))
    .default([])
    .describe('Further Host names (without port) the gateway answers to, besides loopback.'),
  allowedOrigins: z
    .array(httpUrl.refine((value) => new URL(value).origin === value, 'An origin: scheme, host and port only.'))
    .default([])
    .describe('Web pages (origins) that may call /v1 from a browser.'),
  trustedProxies: z
    .array(
      z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], { error: 'An address or a range such as 10.0.0.0/8.' }),
    )
    .default([])
    .describe('Proxies whose X-Forwarded-For is believed. Without them the address of the connection counts.'),
  permits: z.array(z.enum(PERMITS)).default([]).describe('What may pass although the gates cannot see into it.'),
  keys: z
    .strictObject({
      claimDeveloper: z
        .boolean()
        .default(true)
        .describe('System and developer messages count as the developer’s. Off: they are judged like user text.'),
      claimUser: z
        .boolean()
        .default(false)
        .describe('`safety_identifier` or `user` of a request names the person behind a service’s key.'),
      wrongPerMinute: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(60)
        .describe('Wrong keys from one address in a minute before it gets 429. Right keys always pass.'),
    })
    .prefault({}),
  refusal: z
    .strictObject({
      mode: z
        .enum(['error', 'completion'])
        .default('error')
        .describe('error: HTTP 400 content_filter. completion: an ordinary answer with `message`.'),
      message: z.string().min(1).max(2_000).default('I cannot help with that request.'),
    })
    .prefault({}),
  sinks: z
    .array(sinkSchema)
    .default([])
    .describe('Where answers end up: the text of an answer is made safe for the target of the first row that fits it.'),
  limits: z
    .strictObject({
      maxBodyBytes: z
        .int()
        .min(1_024)
        .max(256 * 1024 * 1024)
        .default(4 * 1024 * 1024),
      maxDepth: z.int().min(4).max(512).default(64).describe('Nesting of JSON.'),
      maxChecks: z.int().min(1).max(10_000).default(1_000).describe('Texts in one POST /v1/guard.'),
      maxAnswerBytes: z
        .int()
        .min(1_024)
        .max(1024 * 1024 * 1024)
        .default(32 * 1024 * 1024)
        .describe('Of one upstream answer.'),
      maxEventBytes: z
        .int()
        .min(1_024)
        .max(64 * 1024 * 1024)
        .default(1024 * 1024)
        .describe('Of one event of an upstream stream.'),
      bodyTimeoutMs: milliseconds(30_000).describe('For the request body to arrive.'),
    })
    .prefault({}),
  rateLimits: rateLimitsSchema
    .prefault({})
    .describe('How much a key, a person or a model may use. Over a limit: 429 rate_limit_exceeded.'),
  upstreamLimits: z
    .strictObject({
      connections: z.int().min(1).max(4_096).default(128).describe('Per upstream.'),
      connectTimeoutMs: milliseconds(5_000),
      headersTimeoutMs: milliseconds(120_000),
      bodyTimeoutMs: milliseconds(60_000).describe('Between two pieces of an answer.'),
      overallTimeoutMs: milliseconds(600_000),
      retries: z.int().min(0).max(5).default(2).describe('After connect errors and 429/503 with Retry-After.'),
      maxRetryAfterMs: z
        .int()
        .min(0)
        .max(60_000)
        .default(5_000)
        .describe('A longer Retry-After is passed to the caller instead.'),
    })
    .prefault({}),
  events: z
    .strictObject({
      keep: z.int().min(10).max(1_000_000).default(2_000).describe('Newest events held in memory.'),
      requests: z
        .enum(['notable', 'all'])
        .default('notable')
        .describe(
          'A `request` event with outcome and timings ends the trail of requests that had other events, or of all.',
        ),
    })
    .prefault({}),
  audit: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('Write every event into the tamper-evident log, `audit/` in the data folder.'),
      onFailure: z
        .enum(['block', 'drop'])
        .default('block')
        .describe(
          'While the log cannot be written. block: /v1 answers 503. drop: traffic goes on, lost events are counted.',
        ),
      durability: z
        .enum(['before-answer', 'batched'])
        .default('before-answer')
        .describe(
          'before-answer: the events of a request are on disk before its answer begins, and before a stream ends. batched: a few milliseconds after they happen.',
        ),
      index: z
        .enum(['auto', 'sqlite', 'postgres', 'off'])
        .default('auto')
        .describe(
          'What makes searches of the log fast, made from the log and never needed for an answer. auto: `storage.database` if there is one, else index.sqlite beside the log.',
        ),
      retentionDays: z
        .int()
        .min(1)
        .max(36_500)
        .optional()
        .describe('Days that records are kept. Without it: for ever.'),
    })
    .prefault({}),
  storage: storageSchema
    .prefault({})
    .describe(
      'Where keys, usage and the history of configurations are kept. Default: an SQLite file in the data folder.',
    ),
  vault: z
    .strictObject({
      store: z
        .enum(['sqlite', 'memory'])
        .default('sqlite')
        .describe('Where values of named conversations are kept, encrypted. sqlite: vault.sqlite in the data folder.'),
      lifetimeHours: z
        .number()
        .min(0.01)
        .max(87_600)
        .default(168)
        .describe('How long a value is kept after it was last written.'),
    })
    .prefault({})
    .describe('Values that placeholders stand for. Only conversations named by x-sallyport-conversation are kept.'),
  alerts: alertsSchema.prefault({}).describe('Alerts: what to watch for and whom to tell.'),
  securityTxt: securityTxtSchema
    .optional()
    .describe('Serve /.well-known/security.txt (RFC 9116), so that finders know whom to tell.'),
  metrics: z
    .strictObject({
      port: z
        .int()
        .min(0)
        .max(65_535)
        .optional()
        .describe('Serve Prometheus metrics on this port; 0 takes a free one. Without it: off.'),
      host: z
        .string()
        .min(1)
        .default('127.0.0.1')
        .describe('Address to listen on. There is no key: the address is the guard.'),
    })
    .prefault({}),
  consoleDir: z.string().optional().describe('Folder of the built console. Default: found beside the gateway.'),
})

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>
export type GatewayConfigInput = z.input<typeof gatewayConfigSchema>
export type ModelConfig = z.infer<typeof modelSchema>
export type UpstreamConfig = z.infer<typeof upstreamSchema>
