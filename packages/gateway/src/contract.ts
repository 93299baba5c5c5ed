import { z } from 'zod'
import {
  confidenceSchema,
  offsetSchema,
  originSchema,
  outcomeSchema,
  roleSchema,
  severitySchema,
  stageSchema,
  timeSchema,
} from './contract-events.ts'

export * from './contract-alerts.ts'
export * from './contract-checklist.ts'
export * from './contract-approvals.ts'
export * from './contract-events.ts'
export * from './contract-log.ts'

export * from './contract-records.ts'

/**
 * All JSON between the console and the gateway. The console imports nothing else of the gateway, so this file has no
 * dependency but zod. Answers are read leniently (an unknown key is ignored), so that a console left open in a tab
 * survives an upgrade of the gateway; the gateway reads requests strictly.
 */

// Session: /admin/api/session

/** Header that carries `csrfToken` on every request of a session but GET and HEAD, also to `/v1/…`. */
export const CSRF_HEADER = 'x-sallyport-csrf'

/** Header with the id under which a request's events are found (`GET /admin/api/events?requestId=`). */
export const REQUEST_ID_HEADER = 'x-request-id'

/** `POST /admin/api/session`: trades a key for an HttpOnly, SameSite=Strict session cookie. 401 when the key is wrong. */
export const signInRequestSchema = z.strictObject({ key: z.string().min(1).max(512) })

/**
 * Answer of `POST` and `GET /admin/api/session` (401 without a session; `DELETE` ends it and answers 204). An admin
 * session may also call `/v1/chat/completions`, `/v1/models` and `/v1/guard`: that is how the console chats.
 */
export const sessionSchema = z.object({
  role: roleSchema,
  csrfToken: z.string().optional(),
  expiresAt: timeSchema,
})

export type SignInRequest = z.infer<typeof signInRequestSchema>
export type Session = z.infer<typeof sessionSchema>

// Overview: GET /admin/api/summary, GET /admin/api/guards

export const summarySchema = z.object({
  version: z.string(),
  /** Preset the running policy starts from. */
  preset: z.string(),
  /** Presets that `POST /admin/api/check` takes; the first one need not be the running one. */
  presets: z.array(z.string()),
  /** Hex SHA-256 of the canonical policy. */
  policyDigest: z.string(),
  models: z.array(z.string()),
  startedAt: timeSchema,
  uptimeSeconds: z.number().min(0),
  /** Since the start: requests, how many the gates refused or edited, and events recorded. */
  counts: z.object({
    requests: z.int().min(0),
    blocked: z.int().min(0),
    redacted: z.int().min(0),
    events: z.int().min(0),
  }),
})

export const guardInfoSchema = z.object({
  id: z.string(),
  summary: z.string(),
  stages: z.array(stageSchema),
  threats: z.array(z.string()),
  codes: z.array(z.object({ code: z.string(), summary: z.string(), severity: severitySchema.optional() })),
  /** What the running policy does at each stage it watches; a stage that is absent is not watched. */
  actions: z.partialRecord(stageSchema, outcomeSchema).optional(),
})

export const guardListSchema = z.object({ guards: z.array(guardInfoSchema) })

export type Summary = z.infer<typeof summarySchema>
export type GuardInfo = z.infer<typeof guardInfoSchema>
export type GuardList = z.infer<typeof guardListSchema>

// Configuration: GET /admin/api/config

/** The running configuration without secrets, their places and addresses. */
export const configSummarySchema = z.object({
  upstreams: z.array(z.object({ name: z.string(), hasKey: z.boolean(), models: z.array(z.string()) })),
  demoModel: z.boolean(),
  /** What may pass although the gates cannot see into it. */
  permits: z.array(z.string()),
  claimDeveloper: z.boolean(),
  refusalMode: z.enum(['error', 'completion']),
  allowedHosts: z.array(z.string()),
  allowedOrigins: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
})

export type ConfigSummary = z.infer<typeof configSummarySchema>

// Vault: GET and DELETE /admin/api/vault

/** How much is kept of each conversation. Never the values, nor the names of conversations. */
export const vaultSummarySchema = z.object({
  conversations: z.array(
    z.object({
      /** Id of the client key (the first of a line of rotated ones). */
      key: z.string(),
      /** The person as events call them; absent when the key names none. */
      user: z.string().optional(),
      /** Keyed digest of the conversation's name. */
      conversation: z.string(),
      /** Values by entity. */
      entities: z.record(z.string(), z.int().min(1)),
      expiresAt: timeSchema,
    }),
  ),
})

/** `DELETE /admin/api/vault`: what fits all that is given. `all: true` must say so when nothing is given. */
export const vaultDeleteRequestSchema = z.strictObject({
  key: z.string().min(1).max(200).optional(),
  /** `user_…` as in events. */
  user: z.string().min(1).max(200).optional(),
  /** Name of the conversation, as in `x-sallyport-conversation`. */
  conversation: z.string().min(1).max(200).optional(),
  all: z.literal(true).optional(),
})

export const vaultDeletedSchema = z.object({ deleted: z.int().min(0) })

export type VaultSummary = z.infer<typeof vaultSummarySchema>
export type VaultDeleted = z.infer<typeof vaultDeletedSchema>

// Check: POST /v1/guard, POST /admin/api/check

const checkFields = {
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  /** Default `input`. */
  stage: stageSchema.optional(),
  /** Default: follows from the stage. */
  origin: originSchema.optional(),
}

/** `POST /v1/guard`: one of these or an array of them; the answer has the same form. Answers 200 also for `block`. */
export const checkRequestSchema = z.strictObject(checkFields)

/** `POST /admin/api/check`: the same, judged by the named preset instead of the running policy. Records no event. */
export const adminCheckRequestSchema = z.strictObject({ ...checkFields, preset: z.string().optional() })

export const checkFindingSchema = z.object({
  guard: z.string(),
  code: z.string(),
  severity: severitySchema,
  confidence: confidenceSchema,
  /** UTF-16 offsets in the original text, half-open. A finding without a span goes from 0 to the length. */
  start: offsetSchema,
  end: offsetSchema,
  /** Presidio's name of the entity, e.g. `CREDIT_CARD`. */
  entity: z.string().optional(),
  /** Our words, never quoted input. */
  message: z.string().optional(),
})

export const checkResultSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  action: outcomeSchema,
  /** The text with all edits applied, also when it is blocked. */
  text: z.string(),
  /** 0 to 1 by guard; `prompt-injection` is always there. */
  score: z.record(z.string(), confidenceSchema),
  findings: z.array(checkFindingSchema),
  /** Why it was blocked or sent to review, in our words. */
  reason: z.string().optional(),
  requestId: z.string().optional(),
})

/** A line or array element that could not be read. */
export const checkErrorSchema = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  error: z.object({ code: z.string(), message: z.string() }),
})

export type CheckRequest = z.infer<typeof checkRequestSchema>
export type AdminCheckRequest = z.infer<typeof adminCheckRequestSchema>
export type CheckFinding = z.infer<typeof checkFindingSchema>
export type CheckResult = z.infer<typeof checkResultSchema>
export type CheckError = z.infer<typeof checkErrorSchema>

// Keys: GET and POST /admin/api/keys, POST /admin/api/keys/:id/rotate, DELETE /admin/api/keys/:id

const MAX_SCOPE_ITEMS = 200
const addressRange = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
  error: 'An address or a range such as 10.0.0.0/8 or 2001:db8::/32.',
})

/** What narrows a key. A list that is absent narrows nothing; an empty list lets nothing through. */
export const keyScopeSchema = z.object({
  /** Models the key may name; `*` at the end stands for any rest. */
  models: z
    .array(
      z
        .string()
        .regex(/^(?:[A-Za-z0-9][\w.:/@+-]{0,199})?\*?$/, 'A model name, or its beginning and *.')
        .min(1),
    )
    .max(MAX_SCOPE_ITEMS)
    .optional(),
  /** Paths the key may call, with everything below them: `/v1/chat/completions`. */
  routes: z
    .array(
      z
        .string()
        .regex(/^(?:\/[a-z0-9_-]+)+$/, 'A path such as /v1/chat/completions.')
        .max(200),
    )
    .max(MAX_SCOPE_ITEMS)
    .optional(),
  /** Tools (functions) a request may offer to the model; `*` at the end stands for any rest. */
  tools: z
    .array(
      z
        .string()
        .regex(/^[\w.-]{0,128}\*?$/, 'A tool name, or its beginning and *.')
        .min(1),
    )
    .max(MAX_SCOPE_ITEMS)
    .optional(),
  /** Addresses and CIDR ranges the key may be used from. */
  networks: z.array(addressRange).max(MAX_SCOPE_ITEMS).optional(),
  claims: z
    .strictObject({
      /** System and developer messages count as the developer's. Default: `gateway.keys.claimDeveloper`. */
      developer: z.boolean().optional(),
      /** `safety_identifier` or `user` of a request names the person behind it. Default: `gateway.keys.claimUser`. */
      user: z.boolean().optional(),
    })
    .optional(),
})

export const keyInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** First characters, enough to tell keys apart, e.g. `sp-client-3fQ…`. */
  hint: z.string(),
  createdAt: timeSchema,
  lastUsedAt: timeSchema.optional(),
  revokedAt: timeSchema.optional(),
  /** Last moment the key works. */
  expiresAt: timeSchema.optional(),
  /** Id of the key that took its place. */
  replacedBy: z.string().optional(),
  ...keyScopeSchema.shape,
  /** The key this session was opened with; it cannot be revoked from here. */
  current: z.boolean().optional(),
})

export const keyListSchema = z.object({ keys: z.array(keyInfoSchema) })
export const createKeyRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  role: roleSchema,
  expiresAt: timeSchema.optional(),
  ...keyScopeSchema.shape,
})

const MAX_OVERLAP_SECONDS = 30 * 86_400

/** Answered like a new key. The old one goes on working for the overlap: time to carry the new one to where it is used. */
export const rotateKeyRequestSchema = z.strictObject({
  overlapSeconds: z.int().min(0).max(MAX_OVERLAP_SECONDS).default(86_400),
})

/** The only answers that ever hold a key: to making one and to rotating one. `DELETE /admin/api/keys/:id` answers 204. */
export const createdKeySchema = z.object({ key: z.string(), info: keyInfoSchema })

export type KeyScope = z.infer<typeof keyScopeSchema>
export type RotateKeyRequest = z.input<typeof rotateKeyRequestSchema>
export type KeyInfo = z.infer<typeof keyInfoSchema>
export type KeyList = z.infer<typeof keyListSchema>
export type CreateKeyRequest = z.infer<typeof createKeyRequestSchema>
export type CreatedKey = z.infer<typeof createdKeySchema>

// Errors (every status >= 400) and the chat stream

export const errorSchema = z.object({
  error: z.object({
    message: z.string(),
    type: z.string().optional(),
    /** `content_filter` when a gate refused. */
    code: z.string().nullish(),
    param: z.string().nullish(),
    /** `guard/code` of the rule that refused. */
    rule: z.string().optional(),
    /** Why, in our words. */
    reason: z.string().optional(),
    request_id: z.string().optional(),
  }),
})

/**
 * The part of a chat completion chunk that the console reads. A stream that the output gate stops ends with
 * `finish_reason: "content_filter"` and, in the same chunk, `sallyport` with the rule and reason.
 */
export const chatChunkSchema = z.object({
  model: z.string().optional(),
  choices: z.array(
    z.object({
      delta: z
        .object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z
            .array(
              z.object({
                index: z.int(),
                function: z.object({ name: z.string().optional(), arguments: z.string().optional() }).optional(),
              }),
            )
            .optional(),
        })
        .optional(),
      finish_reason: z.string().nullish(),
    }),
  ),
  sallyport: z
    .object({ rule: z.string().optional(), reason: z.string().optional(), request_id: z.string().optional() })
    .optional(),
})

export type ErrorBody = z.infer<typeof errorSchema>
export type ChatChunk = z.infer<typeof chatChunkSchema>
