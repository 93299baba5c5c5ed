import type { LogEntry } from '@sallyport/gateway/contract'
import { useEffect, useState } from 'preact/hooks'
import type { GatewayClient } from '../api/gateway-client.ts'
import { describeError } from '../api/gateway-client.ts'
import { searchLog } from '../api/log-client.ts'
import { OutcomeBadge } from '../ui/badges.tsx'
import { Meter } from '../ui/meter.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'

const MOST_ENTRIES = '500'
/** As a request takes them; the log has them by name. */
const STEPS = ['identity', 'limits', 'read', 'input-gate', 'upstream', 'output-gate', 'stream']

/** Everything the log has of one request: what was decided when, and how long each step took. */
export function LogTrail({ client, requestId }: { readonly client: GatewayClient; readonly requestId: string }) {
  const [trail, setTrail] = useState<readonly LogEntry[]>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    const ended = new AbortController()
    const query = new URLSearchParams({ request: requestId, order: 'oldest', limit: MOST_ENTRIES })
    searchLog(client, query, ended.signal).then(
      ({ entries }) => setTrail(entries),
      (thrown: unknown) => ended.signal.aborted || setError(describeError(thrown)),
    )
    return () => ended.abort()
  }, [client, requestId])
  if (error !== undefined) return <ErrorNotice>{error}</ErrorNotice>
  const timings = trail?.findLast(({ event }) => event.timings !== undefined)?.event.timings
  return (
    <section class="trail" aria-label="Trail of the request" aria-busy={trail === undefined}>
      <h3>Trail of the request</h3>
      <ol class="trail-steps">
        {trail?.map(({ seq, event }) => (
          <li key={seq}>
            <span class="number">{event.durationMs === undefined ? '' : formatMs(event.durationMs)}</span>
            <span class="trail-what">
              {event.type}
              <SafeText
                text={[event.rule, event.stage].map((part) => (part === undefined ? '' : ` · ${part}`)).join('')}
              />
            </span>
            {event.outcome && <OutcomeBadge outcome={event.outcome} />}
          </li>
        ))}
      </ol>
      {timings !== undefined && <Timings timings={timings} />}
    </section>
  )
}

function Timings({ timings }: { readonly timings: Readonly<Record<string, number>> }) {
  const steps = Object.entries(timings).sort(([a], [b]) => STEPS.indexOf(a) - STEPS.indexOf(b))
  const longest = Math.max(...steps.map(([, ms]) => ms), Number.MIN_VALUE)
  return (
    <>
      <h3>Time of each step</h3>
      <dl class="trail-timings">
        {steps.map(([step, ms]) => (
          <div key={step}>
            <dt>
              <SafeText text={step} />
            </dt>
            <dd>
              <Meter label={`Share of ${step}`} value={ms / longest} />
            </dd>
            <dd class="number">{formatMs(ms)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function formatMs(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`
}
