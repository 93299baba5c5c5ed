import type { LogEntry, Role, SecurityEvent } from '@sallyport/gateway/contract'
import { eventTypeSchema } from '@sallyport/gateway/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { describeError, GatewayError, type GatewayClient } from '../api/gateway-client.ts'
import { searchLog } from '../api/log-client.ts'
import { EMPTY_FORM, toLogQuery } from '../log-query.ts'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { EventDrawer } from './event-drawer.tsx'
import { EventTable } from './event-table.tsx'
import { LogFilterForm } from './log-form.tsx'
import { LogProof } from './log-proof.tsx'
import { LogTrail } from './log-trail.tsx'

const PAGE_SIZE = '100'

interface LogPageProps {
  readonly client: GatewayClient
  readonly role: Role
}

/** What is on disk, however long ago: searched, verified, exported. The events page shows what happens now. */
export function LogPage({ client, role }: LogPageProps) {
  const [query, setQuery] = useState(() => toLogQuery(EMPTY_FORM))
  const { events, cursor, isBusy, error, isOff, loadMore } = useLog(client, query)
  const [openId, setOpenId] = useState<string>()
  const open = openId === undefined ? undefined : events.find(({ id }) => id === openId)
  return (
    <div class="events log">
      <div class="events-head">
        <h1>Log</h1>
        <p class="lede">What is on disk: each record is chained to the one before it, and none holds text.</p>
      </div>
      {isOff ? (
        <div class="card">
          <EmptyState title="The log is off">
            <p>
              Turn it on with <code>gateway.audit.enabled</code>.
            </p>
          </EmptyState>
        </div>
      ) : (
        <>
          <LogProof client={client} query={query} mayExport={role === 'admin'} />
          <LogFilterForm isBusy={isBusy} onSearch={(form) => setQuery(toLogQuery(form))} />
          {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
          <div class={`events-body${open ? ' has-drawer' : ''}`}>
            <div class="card events-list" aria-busy={isBusy}>
              {events.length > 0 && <EventTable events={events} openId={openId} onOpen={setOpenId} />}
              {cursor !== undefined && (
                <button type="button" class="button button-wide" aria-disabled={isBusy} onClick={loadMore}>
                  Show older records
                </button>
              )}
              {events.length === 0 && (
                <EmptyState title={isBusy ? 'Looking through the log' : 'No record matches'}>
                  <p>{isBusy ? 'One moment.' : 'Loosen the filters to see others.'}</p>
                </EmptyState>
              )}
            </div>
            {open && (
              <EventDrawer key={open.id} event={open} onClose={() => setOpenId(undefined)}>
                {open.requestId !== undefined && <LogTrail client={client} requestId={open.requestId} />}
              </EventDrawer>
            )}
          </div>
        </>
      )}
    </div>
  )
}

/** The pages of a query so far, newest first. An answer to a query that is no longer asked is thrown away. */
function useLog(client: GatewayClient, query: URLSearchParams) {
  const [events, setEvents] = useState<readonly SecurityEvent[]>([])
  const [cursor, setCursor] = useState<string>()
  const [isBusy, setBusy] = useState(true)
  const [error, setError] = useState<string>()
  const [isOff, setOff] = useState(false)
  const asking = useRef(new AbortController())

  const load = async (known: readonly SecurityEvent[], at?: string): Promise<void> => {
    const { signal } = asking.current
    const page = new URLSearchParams(query)
    page.set('limit', PAGE_SIZE)
    if (at !== undefined) page.set('cursor', at)
    setBusy(true)
    try {
      const { entries, nextCursor } = await searchLog(client, page, signal)
      if (signal.aborted) return
      setEvents([...known, ...entries.flatMap(toEvent)])
      setCursor(nextCursor)
      setError(undefined)
    } catch (thrown) {
      if (signal.aborted) return
      if (thrown instanceof GatewayError && thrown.status === 404) setOff(true)
      setError(describeError(thrown))
    }
    setBusy(false)
  }
  useEffect(() => {
    asking.current = new AbortController()
    setEvents([])
    setCursor(undefined)
    void load([])
    return () => asking.current.abort()
  }, [client, query])
  return { events, cursor, isBusy, error, isOff, loadMore: () => void (isBusy || load(events, cursor)) }
}

/** A record as the table and the drawer show events; its number stands for the id. */
function toEvent({ seq, time, event }: LogEntry): SecurityEvent[] {
  const type = eventTypeSchema.safeParse(event.type)
  if (!type.success) return []
  return [{ ...event, type: type.data, id: String(seq), time: event.time ?? time, severity: event.severity ?? 'info' }]
}
