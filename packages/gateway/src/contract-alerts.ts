import { z } from 'zod'
import { severitySchema, timeSchema } from './contract-events.ts'

// Alerts: GET /admin/api/alerts, POST /admin/api/alerts/test (admin)

const alertKindSchema = z.enum([
  'auth-failure-burst',
  'injection-burst',
  'denial-rate',
  'usage-anomaly',
  'spend-anomaly',
  'key-networks',
  'upstream-failures',
  'failed-open',
  'degraded-store',
  'audit-gap',
])

export const alertSchema = z.object({
  id: z.string(),
  kind: alertKindSchema,
  /** All kinds that joined it. */
  kinds: z.array(alertKindSchema),
  severity: severitySchema,
  /** What it is about: `key:ID`, `user:ID`, `source:NETWORK`, `rule:GUARD/CODE`, `guard:ID`, `store:NAME`, `all`. */
  subject: z.string(),
  subjects: z.array(z.string()),
  /** Our words. */
  reason: z.string(),
  value: z.number(),
  expected: z.number(),
  openedAt: timeSchema,
  lastSeenAt: timeSchema,
  resolvedAt: timeSchema.optional(),
  /** How often it came back within the cool-down. */
  reopened: z.int().min(0),
})

export const alertListSchema = z.object({
  /** False: nothing is watched. */
  enabled: z.boolean().optional(),
  /** The latest first, as in `recent`: those resolved within the last day. */
  open: z.array(alertSchema),
  recent: z.array(alertSchema),
  /** Who is told. */
  sinks: z.array(z.object({ name: z.string(), kind: z.string() })),
})

/** What came of a message to each receiver. */
export const alertTestSchema = z.object({
  results: z.array(z.object({ sink: z.string(), kind: z.string(), ok: z.boolean(), detail: z.string() })),
})

export type AlertInfo = z.infer<typeof alertSchema>
export type AlertList = z.infer<typeof alertListSchema>
export type AlertTest = z.infer<typeof alertTestSchema>
