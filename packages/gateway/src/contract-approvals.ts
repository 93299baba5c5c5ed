import { z } from 'zod'

// Approvals: GET /admin/api/approvals, POST /admin/api/approvals/:id, POST /v1/approvals/redeem

const principalSchema = z.object({
  key: z.string().optional(),
  user: z.string().optional(),
  role: z.string().optional(),
})

export const approvalStateSchema = z.enum(['pending', 'approved', 'denied', 'used'])

/** A tool call that waits for a person, or waited. Its arguments are as the gates left them. */
export const approvalSchema = z.object({
  id: z.string(),
  tool: z.string(),
  arguments: z.unknown(),
  requester: principalSchema,
  /** One sentence, in our words: why a person is asked. */
  reason: z.string(),
  codes: z.array(z.string()),
  /** Where the values in question were found; `path` is a JSON pointer into the arguments. */
  sources: z.array(
    z.object({
      path: z.string(),
      from: z.enum(['user', 'developer', 'trusted tool', 'untrusted text', 'nowhere']),
      tool: z.string().optional(),
    }),
  ),
  state: approvalStateSchema,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  approver: principalSchema.optional(),
  decidedAt: z.iso.datetime().optional(),
  /** The question was asked with the key of this session, so somebody else has to answer it. */
  own: z.boolean(),
})

/** Newest first. */
export const approvalListSchema = z.object({ approvals: z.array(approvalSchema) })

/** 404 when it is gone, 403 for one's own question, 409 when it is answered already. */
export const decideApprovalRequestSchema = z.strictObject({ approve: z.boolean() })

/** A tool call that was taken out of an answer: `sallyport.pending` of a completion. */
export const pendingCallSchema = z.object({
  id: z.string(),
  /** Redeemed at `POST /v1/approvals/redeem` with the same key. */
  token: z.string(),
  call_id: z.string(),
  tool: z.string(),
  expires_at: z.iso.datetime(),
  reason: z.string(),
})

export const redeemRequestSchema = z.strictObject({ token: z.string().min(1).max(2_000) })

/** `approved` comes once, with the call: from then on the approval is used. */
export const redeemResultSchema = z.object({
  status: z.enum(['pending', 'approved', 'denied', 'used']),
  call: z.object({ tool: z.string(), arguments: z.unknown() }).optional(),
})

export type ApprovalInfo = z.infer<typeof approvalSchema>
export type ApprovalList = z.infer<typeof approvalListSchema>
export type PendingCall = z.infer<typeof pendingCallSchema>
export type RedeemResult = z.infer<typeof redeemResultSchema>
