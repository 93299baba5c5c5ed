import type { ApprovalInfo } from '@sallyport/gateway/contract'
import { useState } from 'preact/hooks'
import { formatFullTime } from '../ui/format-time.ts'
import { SafeText } from '../ui/safe-text.tsx'

interface ApprovalCardProps {
  readonly approval: ApprovalInfo
  /** Absent when there is nothing left to answer. */
  readonly onDecide?: (approve: boolean) => Promise<void>
}

const STATE_WORDS = {
  pending: 'waits',
  approved: 'approved, not yet handed out',
  denied: 'denied',
  used: 'approved and handed out',
} as const satisfies Record<ApprovalInfo['state'], string>

/** One tool call as it would run. All of it is text that a model wrote: shown with hidden characters made visible. */
export function ApprovalCard({ approval, onDecide }: ApprovalCardProps) {
  const [busy, setBusy] = useState(false)
  const answer = (approve: boolean): void => {
    setBusy(true)
    void onDecide?.(approve).finally(() => setBusy(false))
  }
  return (
    <li class="card approval">
      <div class="approval-head">
        <h3>
          <code>
            <SafeText text={approval.tool} />
          </code>
        </h3>
        <span class={`approval-state is-${approval.state}`}>{STATE_WORDS[approval.state]}</span>
      </div>
      <p>{approval.reason}</p>
      <table class="table">
        <caption class="unseen">Arguments and where they come from</caption>
        <thead>
          <tr>
            <th scope="col">Argument</th>
            <th scope="col">Value</th>
            <th scope="col">Found in</th>
          </tr>
        </thead>
        <tbody>
          {argumentsOf(approval.arguments).map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">
                <SafeText text={name} />
              </th>
              <td class="approval-value">
                <SafeText text={value} />
              </td>
              <td>
                <Sources approval={approval} name={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="approval-facts">
        <dt>Asked by</dt>
        <dd>{[approval.requester.key, approval.requester.user].filter((each) => each !== undefined).join(', ')}</dd>
        <dt>Rules</dt>
        <dd>{approval.codes.join(', ') || 'none'}</dd>
        <dt>Until</dt>
        <dd>{formatFullTime(approval.expiresAt)}</dd>
      </dl>
      {onDecide &&
        (approval.own ? (
          <p class="hint">Asked with your own key: somebody else has to decide.</p>
        ) : (
          <div class="approval-actions">
            <button type="button" class="button button-primary" disabled={busy} onClick={() => answer(true)}>
              Approve once
            </button>
            <button type="button" class="button button-danger" disabled={busy} onClick={() => answer(false)}>
              Deny
            </button>
          </div>
        ))}
    </li>
  )
}

function Sources({ approval, name }: { readonly approval: ApprovalInfo; readonly name: string }) {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const own = approval.sources.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`))
  if (own.length === 0) return <span class="hint">not in question</span>
  return (
    <>
      {own.map(({ path, from, tool }) => (
        <span key={path} class={`approval-source is-${from.replaceAll(' ', '-')}`}>
          {from}
          {tool !== undefined && (
            <>
              {': '}
              <SafeText text={tool} />
            </>
          )}
        </span>
      ))}
    </>
  )
}

function argumentsOf(value: unknown): readonly { readonly name: string; readonly value: string }[] {
  const written = (each: unknown): string => (typeof each === 'string' ? each : JSON.stringify(each, null, 2))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ name: '', value: written(value) }]
  return Object.entries(value).map(([name, each]) => ({ name, value: written(each) }))
}
