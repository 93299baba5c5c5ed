import type { SecurityEvent } from '@sallyport/gateway/contract'
import { OutcomeBadge, SeverityTag } from '../ui/badges.tsx'
import { formatClock, formatFullTime } from '../ui/format-time.ts'
import { SafeText } from '../ui/safe-text.tsx'

interface EventTableProps {
  readonly events: readonly SecurityEvent[]
  readonly openId: string | undefined
  readonly onOpen: (id: string | undefined) => void
}

/** One row an event. The time is a button, so that the keyboard opens a row too. */
export function EventTable({ events, openId, onOpen }: EventTableProps) {
  return (
    <table class="table events-table">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Severity</th>
          <th scope="col">Event</th>
          <th scope="col">Outcome</th>
          <th scope="col">What</th>
          <th scope="col">Where</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr
            key={event.id}
            class={event.id === openId ? 'is-open' : ''}
            onClick={() => onOpen(event.id === openId ? undefined : event.id)}
          >
            <td class="cell-time">
              <button
                type="button"
                class="row-button"
                aria-expanded={event.id === openId}
                title={formatFullTime(event.time)}
              >
                {formatClock(event.time)}
              </button>
            </td>
            <td>
              <SeverityTag severity={event.severity} />
            </td>
            <td class="cell-type">{event.type}</td>
            <td>{event.outcome && <OutcomeBadge outcome={event.outcome} />}</td>
            <td class="cell-what">
              <SafeText text={whatOf(event)} />
            </td>
            <td class="cell-where">
              <SafeText text={whereOf(event)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const MOST_NAMED = 2

/** The rule that decided, then whatever else was found. */
function whatOf({ rule, codes, detail, findings, route, status }: SecurityEvent): string {
  const found = findings?.map(({ guard, code }) => `${guard}/${code}`) ?? codes ?? []
  const named = [...new Set(rule === undefined ? found : [rule, ...found])]
  if (named.length > MOST_NAMED) return `${named.slice(0, MOST_NAMED).join(', ')} and ${named.length - MOST_NAMED} more`
  if (named.length > 0) return named.join(', ')
  return detail ?? [route, status].filter((part) => part !== undefined).join(' → ')
}

function whereOf({ stage, model, route, actor }: SecurityEvent): string {
  return [stage, model ?? route, actor?.keyId].filter((part) => part !== undefined).join(' · ')
}
