import type { ApprovalDesk, PendingApproval } from '../policies/approvals/index.ts'
import type { ApprovalRequest, Approve } from './run-tools.ts'

export interface ApproveAtOptions {
  /** Told of each question: show it to people, send them a link. They answer with `desk.decide`. */
  readonly onApproval?: (pending: PendingApproval, request: ApprovalRequest) => unknown
  /** Stops waiting. */
  readonly signal?: AbortSignal
  /** How often a shared store is asked, in milliseconds. Default 1,000. */
  readonly pollMs?: number
}

/**
 * Lets an agent wait at a desk until a person answers; too many open questions, a refusal and the end of the time all mean
 * no. Runs need a `user` (or a principal), so that nobody approves their own call.
 *
 * @example
 * ```ts
 * const agent = createSecureAgent({ model, tools, shield, approve: approveAt(desk, { onApproval: notifyOperators }) })
 * ```
 */
export function approveAt(desk: ApprovalDesk, { onApproval, ...waiting }: ApproveAtOptions = {}): Approve {
  return async (request) => {
    const { call, findings, sources, reason } = request
    const asked = await desk.ask(call, { explanation: reason, findings, sources })
    if (!asked.ok) return false
    await onApproval?.(asked.pending, request)
    return desk.wait(asked.pending, call, waiting)
  }
}
