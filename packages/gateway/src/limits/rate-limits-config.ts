import type { Limit } from 'sallyport/limits'
import { SECRET_REFERENCE } from 'sallyport/secrets'
import { z } from 'zod'

const count = z.int().min(1).max(1_000_000_000).optional()

const subjectSchema = z.strictObject({
  requestsPerMinute: count,
  requestsPerHour: count,
  tokensPerMinute: count.describe('Reserved before the call by an estimate, settled by what the upstream counted.'),
  tokensPerHour: count,
  tokensPerDay: count,
  concurrent: count.describe('Requests under way at the same time.'),
})

/** The part of `sallyport.yaml` under `gateway.rateLimits`. */
export const rateLimitsSchema = z.strictObject({
  key: subjectSchema
    .default({ requestsPerMinute: 600_000 })
    .describe('For each key. The default stops a runaway, not a busy service.'),
  user: subjectSchema
    .default({ requestsPerMinute: 60, requestsPerHour: 1_000 })
    .describe('For each person named by a key that may name one (`keys.claimUser`).'),
  model: subjectSchema.default({}).describe('For each model, over all keys.'),
  redis: z
    .strictObject({
      url: z
        .string()
        .regex(SECRET_REFERENCE, 'The place of the URL: env:NAME, file:PATH, aws-sm:NAME or vault:MOUNT/PATH#FIELD.')
        .describe('Where the redis:// or rediss:// URL is found, e.g. env:REDIS_URL.'),
      replicas: z.int().min(1).max(10_000).describe('Gateways that share it; without it each admits limit / replicas.'),
      prefix: z.string().min(1).max(100).default('sallyport:limits:').describe('Start of every key.'),
    })
    .optional()
    .describe('Count in Redis or Valkey, so that several gateways share the limits. Needs the package ioredis.'),
  maxSubjects: z
    .int()
    .min(100)
    .max(16_000_000)
    .default(100_000)
    .describe('Keys, persons or models with counters of their own; further ones share some.'),
})

export type RateLimitsConfig = z.infer<typeof rateLimitsSchema>

const WINDOWS = [
  ['requestsPerMinute', 'requests', 'minute', 60_000],
  ['requestsPerHour', 'requests', 'hour', 3_600_000],
  ['tokensPerMinute', 'tokens', 'tokens-minute', 60_000],
  ['tokensPerHour', 'tokens', 'tokens-hour', 3_600_000],
  ['tokensPerDay', 'tokens', 'tokens-day', 86_400_000],
] as const

/** The limits of the configuration, named `key-minute`, `user-tokens-day` and so on. */
export function limitsOf(config: RateLimitsConfig): readonly Limit[] {
  return (['key', 'user', 'model'] as const).flatMap((subject) => {
    const own = config[subject]
    const windows = WINDOWS.flatMap(([field, unit, name, windowMs]): Limit[] => {
      const limit = own[field]
      return limit === undefined ? [] : [{ name: `${subject}-${name}`, subject, unit, limit, windowMs }]
    })
    const { concurrent } = own
    if (concurrent === undefined) return windows
    return [...windows, { name: `${subject}-concurrent`, subject, unit: 'concurrency', limit: concurrent }]
  })
}
