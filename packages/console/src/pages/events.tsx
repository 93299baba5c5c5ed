import {
  eventTypeSchema,
  severitySchema,
  type EventType,
  type SecurityEvent,
  type Severity,
} from '@sallyport/gateway/contract'
import { useEffect, useState } from 'preact/hooks'
import type { FeedState } from '../api/event-feed.ts'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { filterEvents, mergeEvents } from '../event-list.ts'
import { Icon } from '../ui/icons.tsx'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { EventDrawer } from './event-drawer.tsx'
import { EventTable } from './event-table.tsx'

const PAGE_SIZE = 200

interface EventsPageProps {
  readonly client: GatewayClient
  readonly events: readonly SecurityEvent[]
  readonly feed: FeedState
  /** Show the events of this request alone. */
  readonly requestId: string | undefined
}

/** What the gates and doors of the gateway reported, live. */
export function EventsPage({ client, events, feed, requestId }: EventsPageProps) {
  const [types, setTypes] = useState<ReadonlySet<EventType>>(new Set())
  const [atLeast, setAtLeast] = useState<Severity>('info')
  const [held, setHeld] = useState<readonly SecurityEvent[]>()
  const [older, setOlder] = useState<readonly SecurityEvent[]>([])
  const [hasOlder, setHasOlder] = useState(true)
  const [most, setMost] = useState(PAGE_SIZE)
  const [openId, setOpenId] = useState<string>()
  const [error, setError] = useState<string>()

  useEffect(() => {
    if (requestId === undefined) return
    client.events({ requestId, limit: PAGE_SIZE }).then(
      (list) => setOlder((known) => mergeEvents(known, list.events)),
      (thrown: unknown) => setError(describeError(thrown)),
    )
  }, [client, requestId])

  const all = mergeEvents(held ?? events, older, Infinity)
  const shown = filterEvents(all, { types, atLeast, requestId })
  const open = openId === undefined ? undefined : all.find(({ id }) => id === openId)
  const waiting = held ? events.filter(({ id }) => !held.some((event) => event.id === id)).length : 0
  const isFiltered = types.size > 0 || atLeast !== 'info' || requestId !== undefined

  const showOlder = async () => {
    setMost(most + PAGE_SIZE)
    if (shown.length > most || !hasOlder) return
    const last = all.at(-1)
    if (!last) return
    try {
      const list = await client.events({ before: last.id, limit: PAGE_SIZE })
      setOlder((known) => mergeEvents(known, list.events, Infinity))
      setHasOlder(list.nextBefore !== undefined)
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }
  const toggleType = (type: EventType) => {
    const next = new Set(types)
    if (!next.delete(type)) next.add(type)
    setTypes(next)
  }
  const clearFilters = () => {
    setTypes(new Set())
    setAtLeast('info')
    if (requestId !== undefined) location.hash = '#/events'
  }

  return (
    <div class="events">
      <div class="events-head">
        <h1>Events</h1>
        <p class="lede">No text is kept: what was found, where, and what was done about it.</p>
        <button
          type="button"
          class="button"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held ? undefined : events)}
        >
          <Icon name={held ? 'play' : 'pause'} />
          {held ? `Resume${waiting > 0 ? ` (${waiting} new)` : ''}` : 'Pause'}
        </button>
      </div>
      <div class="filters">
        <fieldset class="filter-types">
          <legend class="unseen">Show only these types</legend>
          {typesToOffer(all, types).map(({ type, count }) => (
            <label key={type} class="filter-chip">
              <input type="checkbox" class="unseen" checked={types.has(type)} onChange={() => toggleType(type)} />
              {type}
              <span class="filter-count">{count}</span>
            </label>
          ))}
        </fieldset>
        <label class="filter-severity">
          Severity from
          <select
            value={atLeast}
            onChange={(event) =>
              setAtLeast(severitySchema.options.find((value) => value === event.currentTarget.value) ?? 'info')
            }
          >
            {severitySchema.options.map((severity) => (
              <option key={severity} value={severity}>
                {severity}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class={`button button-quiet${isFiltered ? '' : ' is-invisible'}`} onClick={clearFilters}>
          Clear filters
        </button>
      </div>
      {requestId !== undefined && (
        <p class="notice">
          Only the events of request <code>{requestId}</code>.
        </p>
      )}
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      <div class={`events-body${open ? ' has-drawer' : ''}`}>
        <div class="card events-list">
          {shown.length > 0 ? (
            <>
              <EventTable events={shown.slice(0, most)} openId={openId} onOpen={setOpenId} />
              {(shown.length > most || (hasOlder && all.length >= PAGE_SIZE)) && (
                <button type="button" class="button button-wide" onClick={() => void showOlder()}>
                  Show older events
                </button>
              )}
            </>
          ) : (
            <EmptyState title={emptyTitle(feed, isFiltered)}>
              <p>
                {isFiltered
                  ? 'Loosen the filters to see others.'
                  : 'Send something through the chat: its events appear here at once.'}
              </p>
            </EmptyState>
          )}
        </div>
        {open && <EventDrawer key={open.id} event={open} onClose={() => setOpenId(undefined)} />}
      </div>
    </div>
  )
}

/** Types that were seen, and those chosen, in the catalogue's order. */
function typesToOffer(events: readonly SecurityEvent[], chosen: ReadonlySet<EventType>) {
  return eventTypeSchema.options
    .map((type) => ({ type, count: events.filter((event) => event.type === type).length }))
    .filter(({ type, count }) => count > 0 || chosen.has(type))
}

function emptyTitle(feed: FeedState, isFiltered: boolean): string {
  if (isFiltered) return 'No event matches'
  return feed === 'connecting' ? 'Looking for events' : 'All quiet'
}
