import type { Finding } from '../../guard/finding.ts'
import type { ArgumentSource, Principal, ToolCall } from '../../guard/tool-call.ts'
import type { Approval, ApprovalState, ApprovalStore } from './approval.ts'
import { approvalDigest } from './approval-digest.ts'
import { type TokenContent, TokenSigner } from './approval-token.ts'
import { memoryApprovalStore } from './memory-approval-store.ts'

export interface ApprovalDeskOptions {
  /** Signs pending results; 32 bytes or more. */
  readonly key: Uint8Array
  /** Digest of the policy in force: `policyDigestOf(shield.policy)`. With another policy, old approvals are void. */
  readonly policyDigest: string
  /** Default: in the memory of this process. */
  readonly store?: ApprovalStore
  /** How long a question waits and its answer holds. Default 900,000 ms. */
  readonly ttlMs?: number
  /** Questions of one requester that may wait at the same time. Default 20. */
  readonly maxOfRequester?: number
  /** Questions that may wait at the same time. Default 500. */
  readonly maxOfAll?: number
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
}

/** A question that waits: `token` is the signed pending result that is redeemed once a person agreed. */
export interface PendingApproval {
  readonly id: string
  readonly token: string
  readonly expiresAt: number
}

/** What a verdict has to say about the call a person is asked about. */
export interface ApprovalReasons {
  readonly explanation: string
  readonly findings: readonly Pick<Finding, 'guard' | 'code' | 'action'>[]
  readonly sources: readonly ArgumentSource[]
}

export type DecideRefusal = 'unknown' | 'expired' | 'decided' | 'own-request'
export type RedeemRefusal = 'bad-token' | 'expired' | 'pending' | 'denied' | 'used' | 'changed'

/**
 * Where calls wait for a person. An approval is for one call: bound by digest to the tool's definition, the arguments, the
 * requester, the conversation, the policy and its expiry; it is given by somebody else and works once.
 */
export class ApprovalDesk {
  readonly #store: ApprovalStore
  readonly #signer: TokenSigner
  readonly #options: ApprovalDeskOptions
  readonly #now: () => number
  readonly #listeners = new Map<string, Set<() => void>>()

  /** @throws RangeError for a key of less than 32 bytes. */
  constructor(options: ApprovalDeskOptions) {
    this.#options = options
    this.#store = options.store ?? memoryApprovalStore()
    this.#signer = new TokenSigner(options.key)
    this.#now = options.now ?? Date.now
  }

  /**
   * Puts a question to people. A requester nobody knows cannot be told from an approver, so the call has to name one.
   *
   * @throws TypeError when the call names neither user nor key.
   */
  async ask(
    call: ToolCall,
    reasons: ApprovalReasons,
  ): Promise<
    { readonly ok: true; readonly pending: PendingApproval } | { readonly ok: false; readonly reason: 'too-many' }
  > {
    const { principal = {}, tool } = call
    if (principal.user === undefined && principal.key === undefined) {
      throw new TypeError('A call that a person has to approve needs a principal with a user or a key.')
    }
    const now = this.#now()
    const ttlMs = this.#options.ttlMs ?? 900_000
    // Rounded, so that the same question asked again within the minute has the same digest and is asked once.
    const expiresAt = Math.ceil((now + ttlMs) / 60_000) * 60_000
    const approval: Approval = {
      id: crypto.randomUUID(),
      digest: await approvalDigest(call, this.#options.policyDigest, expiresAt),
      tool,
      arguments: call.arguments,
      requester: principal,
      reason: reasons.explanation,
      codes: reasons.findings.filter(({ action }) => action === 'review').map(({ guard, code }) => `${guard}/${code}`),
      sources: reasons.sources,
      createdAt: now,
      expiresAt,
      state: 'pending',
    }
    const caps = { ofRequester: this.#options.maxOfRequester ?? 20, ofAll: this.#options.maxOfAll ?? 500 }
    const kept = await this.#store.add(approval, caps, now)
    if (kept === 'too-many') return { ok: false, reason: 'too-many' }
    const { id, digest } = kept
    const { policyDigest } = this.#options
    const token = await this.#signer.sign({ id, digest, expiresAt: kept.expiresAt, policyDigest })
    return { ok: true, pending: { id, token, expiresAt: kept.expiresAt } }
  }

  /** Newest first. */
  list(): Promise<readonly Approval[]> {
    return this.#store.list(this.#now())
  }

  /** A person answers. Nobody answers their own question, whatever key or session they come with. */
  async decide(
    id: string,
    answer: { readonly approve: boolean; readonly approver: Principal },
  ): Promise<
    { readonly ok: true; readonly approval: Approval } | { readonly ok: false; readonly reason: DecideRefusal }
  > {
    const now = this.#now()
    const found = await this.#store.get(id)
    if (found === undefined) return { ok: false, reason: 'unknown' }
    if (found.expiresAt <= now) return { ok: false, reason: 'expired' }
    if (!isSomebodyElse(answer.approver, found.requester)) return { ok: false, reason: 'own-request' }
    const to = {
      state: answer.approve ? ('approved' as const) : ('denied' as const),
      approver: answer.approver,
      decidedAt: now,
    }
    if (!(await this.#store.move(id, 'pending', to, now))) return { ok: false, reason: 'decided' }
    for (const listener of this.#listeners.get(id) ?? []) listener()
    return { ok: true, approval: { ...found, ...to } }
  }

  /** The question behind a pending result. Undefined when its time is over or it was not given out here. */
  async read(token: string): Promise<Approval | undefined> {
    const content = await this.#read(token)
    return content === undefined || content.expiresAt <= this.#now() ? undefined : this.#store.get(content.id)
  }

  /** Undefined for a token that was not given out here, or under another policy. */
  async #read(token: string): Promise<TokenContent | undefined> {
    const content = await this.#signer.read(token)
    return content?.policyDigest === this.#options.policyDigest ? content : undefined
  }

  /** What came of a pending result, without using it up. Undefined for a token that was not given out here. */
  async stateOf(token: string): Promise<ApprovalState | 'expired' | undefined> {
    const content = await this.#read(token)
    if (content === undefined) return undefined
    if (content.expiresAt <= this.#now()) return 'expired'
    return (await this.#store.get(content.id))?.state ?? 'expired'
  }

  /**
   * Takes the approval of a call, once. With `call` it must be the one that was asked about, down to the conversation;
   * without it the caller runs what is in the answer: those arguments were approved.
   */
  async redeem(
    token: string,
    call?: ToolCall,
  ): Promise<
    { readonly ok: true; readonly approval: Approval } | { readonly ok: false; readonly reason: RedeemRefusal }
  > {
    const content = await this.#signer.read(token)
    if (content === undefined) return { ok: false, reason: 'bad-token' }
    // Also without the call to compare: what another policy let a person allow is void.
    if (content.policyDigest !== this.#options.policyDigest) return { ok: false, reason: 'changed' }
    const now = this.#now()
    const found = content.expiresAt <= now ? undefined : await this.#store.get(content.id)
    if (found === undefined || found.digest !== content.digest) return { ok: false, reason: 'expired' }
    if (call !== undefined) {
      const digest = await approvalDigest(call, this.#options.policyDigest, found.expiresAt)
      if (digest !== found.digest) return { ok: false, reason: 'changed' }
    }
    if (found.state !== 'approved') return { ok: false, reason: found.state }
    if (!(await this.#store.move(found.id, 'approved', { state: 'used' }, now))) return { ok: false, reason: 'used' }
    return { ok: true, approval: { ...found, state: 'used' } }
  }

  /**
   * Waits for the answer, for programs that can hold a call. `false` when it is refused, expires or `signal` aborts; `true`
   * uses the approval up. With a shared store the answer is looked for every `pollMs` (default 1,000).
   */
  async wait(
    { id, token, expiresAt }: PendingApproval,
    call: ToolCall,
    { signal, pollMs = 1_000 }: { readonly signal?: AbortSignal; readonly pollMs?: number } = {},
  ): Promise<boolean> {
    for (;;) {
      if (signal?.aborted || expiresAt <= this.#now()) return false
      const answer = await this.redeem(token, call)
      if (answer.ok) return true
      if (answer.reason !== 'pending') return false
      await this.#change(id, Math.min(pollMs, Math.max(1, expiresAt - this.#now())), signal)
    }
  }

  #change(id: string, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const listeners = this.#listeners.get(id) ?? new Set()
      this.#listeners.set(id, listeners)
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        listeners.delete(done)
        if (listeners.size === 0) this.#listeners.delete(id)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done)
      listeners.add(done)
    })
  }
}

/** Who is not known is nobody else. */
function isSomebodyElse(approver: Principal, requester: Principal): boolean {
  if (approver.user === undefined && approver.key === undefined) return false
  if (approver.user !== undefined && approver.user === requester.user) return false
  return approver.key === undefined || approver.key !== requester.key
}
