import type { ArgumentSource, Principal } from '../../guard/tool-call.ts'

/** `used`: the call it allowed was handed out, so it allows none any more. */
export type ApprovalState = 'pending' | 'approved' | 'denied' | 'used'

/** A tool call that waits for a person, or waited. Its arguments are content: keep them out of logs. */
export interface Approval {
  readonly id: string
  /** Hex SHA-256 of everything the answer is about; see `approvalDigest`. */
  readonly digest: string
  readonly tool: string
  /** As they would run, after all edits. */
  readonly arguments: unknown
  readonly requester: Principal
  /** One sentence: why a person is asked. */
  readonly reason: string
  /** `guard/code` of what speaks against the call. */
  readonly codes: readonly string[]
  /** Where the values in question were found. */
  readonly sources: readonly ArgumentSource[]
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly expiresAt: number
  readonly state: ApprovalState
  readonly approver?: Principal
  readonly decidedAt?: number
}

/** Where approvals wait. Each method is atomic. */
export interface ApprovalStore {
  /**
   * Keeps a pending approval, unless the requester or all together have as many waiting as allowed. An equal one (same
   * digest, still waiting) is given back instead, so that asking twice is one question.
   */
  add(
    approval: Approval,
    caps: { readonly ofRequester: number; readonly ofAll: number },
    now: number,
  ): Promise<Approval | 'too-many'>
  get(id: string): Promise<Approval | undefined>
  /** Newest first; those that are over may be gone. */
  list(now: number): Promise<readonly Approval[]>
  /** Moves on from `from`; false when it is in another state or over. */
  move(
    id: string,
    from: ApprovalState,
    to: { readonly state: ApprovalState; readonly approver?: Principal; readonly decidedAt?: number },
    now: number,
  ): Promise<boolean>
}

/** Who asks, as one text: the same caller asks under the same name. */
export function callerName({ user = '', key = '' }: Principal): string {
  return JSON.stringify([user, key])
}
