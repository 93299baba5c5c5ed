import { z } from 'zod'

// History of configurations: GET /admin/api/config/history?limit=&before=, GET /admin/api/config/history/:digest

export const configHistoryQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  /** Only entries older than this id. */
  before: z.coerce.number().int().min(1).optional(),
})

/** Newest first. An entry is written at each start; `changed` says that it differs from the one before. */
export const configHistoryListSchema = z.object({
  versions: z.array(
    z.object({
      id: z.int(),
      at: z.iso.datetime(),
      /** `user@host` of the process that started. */
      by: z.string(),
      version: z.string(),
      /** As in the summary. */
      policyDigest: z.string(),
      /** Hex SHA-256 of the whole configuration, secrets masked. */
      configDigest: z.string(),
      changed: z.boolean(),
    }),
  ),
})

/** The configuration with this digest, secrets masked. */
export const configHistoryEntrySchema = z.object({ digest: z.string(), config: z.record(z.string(), z.unknown()) })

export type ConfigHistoryList = z.infer<typeof configHistoryListSchema>
export type ConfigHistoryEntry = z.infer<typeof configHistoryEntrySchema>

// Usage: GET /admin/api/usage?from=&to=&by=

const usageGroupSchema = z.enum(['day', 'key', 'user', 'model'])

export const usageQuerySchema = z.strictObject({
  /** First and last day (UTC), both included. Default: the last 30 days. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** What the sums are over, with commas between: `day`, `key`, `user`, `model`. */
  by: z
    .string()
    .default('day,key,model')
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(usageGroupSchema).max(4)),
})

/** Sums by day, then most requests first. `user` is a pseudonym, empty when the key named nobody. */
export const usageReportSchema = z.object({
  from: z.string(),
  to: z.string(),
  by: z.array(usageGroupSchema),
  rows: z.array(
    z.object({
      day: z.string().optional(),
      keyId: z.string().optional(),
      user: z.string().optional(),
      model: z.string().optional(),
      requests: z.int(),
      promptTokens: z.int(),
      completionTokens: z.int(),
    }),
  ),
  /** True when there are more rows than an answer holds (10,000). */
  isCut: z.boolean(),
})

export type UsageReport = z.infer<typeof usageReportSchema>
