import type { Role, SecurityEvent, Summary } from '@sallyport/gateway/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { followEvents, type FeedState } from './api/event-feed.ts'
import type { GatewayClient } from './api/gateway-client.ts'
import { mergeEvents } from './event-list.ts'
import { ApprovalsPage } from './pages/approvals.tsx'
import { AlertsPage } from './pages/alerts.tsx'
import { ChecklistPage } from './pages/checklist.tsx'
import { ChatPage } from './pages/chat.tsx'
import { EventsPage } from './pages/events.tsx'
import { LogPage } from './pages/log.tsx'
import { KeysPage } from './pages/keys.tsx'
import { PlaygroundPage } from './pages/playground.tsx'
import { Header, PAGE_TITLES } from './ui/header.tsx'
import { useRoute } from './ui/route.ts'

const SUMMARY_EVERY_MS = 15_000

interface ConsoleProps {
  readonly client: GatewayClient
  readonly role: Role
  readonly onSignOut: () => void
}

/** The signed-in application. The event feed runs on every page, so that nothing is missed while another is open. */
export function Console({ client, role, onSignOut }: ConsoleProps) {
  const route = useRoute()
  const summary = useSummary(client)
  const [events, setEvents] = useState<readonly SecurityEvent[]>([])
  const [feed, setFeed] = useState<FeedState>('connecting')
  const main = useRef<HTMLElement>(null)

  useEffect(
    () =>
      followEvents({ client, onState: setFeed, onEvents: (fresh) => setEvents((known) => mergeEvents(known, fresh)) }),
    [client],
  )

  const isFirstPage = useRef(true)
  useEffect(() => {
    document.title = `${PAGE_TITLES[route.page]} · Sallyport`
    // After a change of page the keyboard goes on from the top of the new one.
    if (!isFirstPage.current) main.current?.focus({ preventScroll: true })
    isFirstPage.current = false
  }, [route.page])

  return (
    <div class="frame">
      <a
        class="skip-link"
        href={`#/${route.page}`}
        onClick={(event) => (event.preventDefault(), main.current?.focus())}
      >
        Skip to the page
      </a>
      <Header page={route.page} summary={summary} feed={feed} onSignOut={onSignOut} />
      <main ref={main} class={`page page-${route.page}`} tabIndex={-1}>
        {/* Playground and chat stay mounted, so that a look at the events does not lose what was written. */}
        <div class="page-holder" hidden={route.page !== 'playground'}>
          <PlaygroundPage client={client} summary={summary} />
        </div>
        <div class="page-holder" hidden={route.page !== 'chat'}>
          <ChatPage client={client} summary={summary} events={events} />
        </div>
        {route.page === 'events' && (
          <EventsPage client={client} events={events} feed={feed} requestId={route.requestId} />
        )}
        {route.page === 'approvals' && <ApprovalsPage client={client} />}
        {route.page === 'alerts' && <AlertsPage client={client} role={role} events={events} />}
        {route.page === 'log' && <LogPage client={client} role={role} />}
        {route.page === 'keys' && <KeysPage client={client} />}
        {route.page === 'checklist' && <ChecklistPage client={client} role={role} />}
      </main>
    </div>
  )
}

/** The gateway's state, fetched again now and then; undefined until the first answer. */
function useSummary(client: GatewayClient): Summary | undefined {
  const [summary, setSummary] = useState<Summary>()
  useEffect(() => {
    const ended = new AbortController()
    const refresh = () => {
      if (document.hidden) return
      // An outage shows in the feed's state; the last known summary stays.
      client.summary(ended.signal).then(setSummary, () => undefined)
    }
    refresh()
    const timer = setInterval(refresh, SUMMARY_EVERY_MS)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      ended.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [client])
  return summary
}
