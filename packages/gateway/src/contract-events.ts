import { z } from 'zod'

/** The words of the contract, and events: what `contract.ts` and `contract-log.ts` are made of. */

export const stageSchema = z.enum(['input', 'retrieval', 'tool-call', 'tool-result', 'output'])
export const originSchema = z.enum(['developer', 'user', 'model', 'tool', 'retrieved'])
export const outcomeSchema = z.enum(['allow', 'monitor', 'redact', 'review', 'block'])
export const severitySchema = z.enum(['info', 'low', 'medium', 'high', 'critical'])
/** `client` calls models; `operator` may also read the console; `admin` may also manage keys. Each may what the one before may. */
export const roleSchema = z.enum(['admin', 'operator', 'client'])

export type Stage = z.infer<typeof stageSchema>
export type Origin = z.infer<typeof originSchema>
export type Outcome = z.infer<typeof outcomeSchema>
export type Severity = z.infer<typeof severitySchema>
export type Role = z.infer<typeof roleSchema>

export const confidenceSchema = z.number().min(0).max(1)
export const offsetSchema = z.int().min(0)
export const timeSchema = z.iso.datetime()

// Events: GET /admin/api/events?limit=&before=&type=&requestId=, GET /admin/api/events/stream

export const eventTypeSchema = z.enum([
  'auth_attempt',
  'authz',
  'rate_limit',
  'injection_attempt',
  'policy_violation',
  'tool-call',
  'config-change',
  'key-lifecycle',
  'secret-access',
  'alert',
  'failed-open',
  'degraded',
  'start',
  'stop',
  'request',
])

export const eventFindingSchema = z.object({
  guard: z.string(),
  code: z.string(),
  severity: severitySchema,
  confidence: confidenceSchema,
  start: offsetSchema,
  end: offsetSchema,
  /** Characters matched. */
  length: offsetSchema.optional(),
  /** Keyed digest of the matched text: equal texts have equal fingerprints, nothing else can be learnt from it. */
  fingerprint: z.string().optional(),
})

/** One security event. It has no field for text that came from outside. */
export const securityEventSchema = z.object({
  /** Unique, sorts by time (as text) within one gateway. */
  id: z.string(),
  time: timeSchema,
  type: eventTypeSchema,
  severity: severitySchema,
  /** `success` and `failure` for `auth_attempt` and `authz`; else what the gate did. */
  outcome: z.enum(['success', 'failure', ...outcomeSchema.options]).optional(),
  /** What was done to the key or the alert the event is about. */
  activity: z.enum(['create', 'update', 'delete', 'close']).optional(),
  requestId: z.string().optional(),
  traceId: z.string().optional(),
  actor: z
    .object({ keyId: z.string().optional(), role: roleSchema.optional(), user: z.string().optional() })
    .optional(),
  stage: stageSchema.optional(),
  model: z.string().optional(),
  /** `guard/code` of the rule that decided. */
  rule: z.string().optional(),
  guard: z.string().optional(),
  codes: z.array(z.string()).optional(),
  findings: z.array(eventFindingSchema).optional(),
  /** Network address of a caller that was refused. */
  source: z.string().optional(),
  /** Method and route pattern, e.g. `POST /v1/chat/completions`. */
  route: z.string().optional(),
  status: z.int().optional(),
  /** Milliseconds since the request began. */
  durationMs: z.number().min(0).optional(),
  /** Milliseconds each step of a request took, by its name. */
  timings: z.record(z.string(), z.number().min(0)).optional(),
  /** Hex SHA-256 of the policy that judged. */
  policyDigest: z.string().optional(),
  /** How many events this one stands for. Default 1. */
  count: z.int().min(1).optional(),
  /** Our words. */
  detail: z.string().optional(),
})

/**
 * Newest first, at most `limit` (default 100, at most 500) older than the event id `before`. `type` may be given more
 * than once; `requestId` narrows to one request.
 */
export const eventListSchema = z.object({ events: z.array(securityEventSchema), nextBefore: z.string().optional() })

/**
 * Name of the server-sent events of `/admin/api/events/stream`. Each has `id:` (the event id) and `data:` (a security
 * event as JSON). With `Last-Event-ID` (or `?after=`) the events recorded since are sent first. A comment every 15 s
 * keeps the connection open.
 */
export const STREAM_EVENT_NAME = 'security-event'

export type EventType = z.infer<typeof eventTypeSchema>
export type EventFinding = z.infer<typeof eventFindingSchema>
export type SecurityEvent = z.infer<typeof securityEventSchema>
export type EventList = z.infer<typeof eventListSchema>
