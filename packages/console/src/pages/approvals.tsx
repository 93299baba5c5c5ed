import type { ApprovalInfo } from '@sallyport/gateway/contract'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { decideApproval, listApprovals } from '../api/approvals-client.ts'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { ApprovalCard } from './approval-card.tsx'

const REFRESH_EVERY_MS = 5_000

/** Tool calls that a policy leaves to a person: what would run, why it is asked, and where its values come from. */
export function ApprovalsPage({ client }: { readonly client: GatewayClient }) {
  const [approvals, setApprovals] = useState<readonly ApprovalInfo[]>()
  const [error, setError] = useState<string>()

  const reload = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setApprovals(await listApprovals(client, signal))
        setError(undefined)
      } catch (thrown) {
        if (!signal?.aborted) setError(describeError(thrown))
      }
    },
    [client],
  )
  useEffect(() => {
    const ended = new AbortController()
    void reload(ended.signal)
    const timer = setInterval(() => void (document.hidden || reload(ended.signal)), REFRESH_EVERY_MS)
    return () => {
      ended.abort()
      clearInterval(timer)
    }
  }, [reload])

  const decide = async (id: string, approve: boolean): Promise<void> => {
    try {
      await decideApproval(client, id, approve)
      await reload()
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }
  const waiting = approvals?.filter(({ state }) => state === 'pending') ?? []
  const answered = approvals?.filter(({ state }) => state !== 'pending') ?? []
  return (
    <div class="approvals">
      <div class="events-head">
        <h1>Approvals</h1>
        <p class="lede">Tool calls that the policy leaves to a person. An answer holds for one call, once.</p>
      </div>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      {approvals && waiting.length === 0 && (
        <div class="card">
          <EmptyState title="Nothing waits">
            <p>
              A call comes here when its tool is unknown, needs a person, or was steered by text nobody vouches for.
            </p>
          </EmptyState>
        </div>
      )}
      <ul class="approval-list" aria-label="Waiting">
        {waiting.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} onDecide={(approve) => decide(approval.id, approve)} />
        ))}
      </ul>
      {answered.length > 0 && <h2>Answered</h2>}
      <ul class="approval-list" aria-label="Answered">
        {answered.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} />
        ))}
      </ul>
    </div>
  )
}
