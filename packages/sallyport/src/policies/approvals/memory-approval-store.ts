import { callerName, type Approval, type ApprovalStore } from './approval.ts'

/** Answered approvals kept to be looked at, besides those that wait. */
const MAX_ANSWERED = 1_000

/** Keeps approvals in this process: they end with it, and with them what was waiting. */
export function memoryApprovalStore(): ApprovalStore {
  const approvals = new Map<string, Approval>()
  const waiting = (now: number): Approval[] =>
    [...approvals.values()].filter(({ state, expiresAt }) => state === 'pending' && expiresAt > now)
  return {
    add: async (approval, caps, now) => {
      forget(approvals, now)
      const open = waiting(now)
      const equal = open.find(({ digest }) => digest === approval.digest)
      if (equal !== undefined) return equal
      const caller = callerName(approval.requester)
      const own = open.filter(({ requester }) => callerName(requester) === caller)
      if (own.length >= caps.ofRequester || open.length >= caps.ofAll) return 'too-many'
      approvals.set(approval.id, approval)
      return approval
    },
    get: async (id) => approvals.get(id),
    list: async (now) => {
      forget(approvals, now)
      return [...approvals.values()].reverse()
    },
    move: async (id, from, to, now) => {
      const found = approvals.get(id)
      if (found === undefined || found.state !== from || found.expiresAt <= now) return false
      approvals.set(id, { ...found, ...to })
      return true
    },
  }
}

/** Drops what expired, and the oldest answers. */
function forget(approvals: Map<string, Approval>, now: number): void {
  for (const [id, { expiresAt }] of approvals) if (expiresAt <= now) approvals.delete(id)
  let tooMany = approvals.size - MAX_ANSWERED
  for (const [id, { state }] of approvals) {
    if (tooMany <= 0) break
    if (state !== 'denied' && state !== 'used') continue
    approvals.delete(id)
    tooMany--
  }
}
