import type { AlertInfo, AlertList, AlertTest, Role, SecurityEvent } from '@sallyport/gateway/contract'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { SeverityTag } from '../ui/badges.tsx'
import { formatClock, formatDuration, formatFullTime } from '../ui/format-time.ts'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'

const REFRESH_MS = 15_000

interface AlertsPageProps {
  readonly client: GatewayClient
  readonly role: Role
  readonly events: readonly SecurityEvent[]
}

/** What wants looking at: alerts that are open, why and since when, and those that were. */
export function AlertsPage({ client, role, events }: AlertsPageProps) {
  const [list, setList] = useState<AlertList>()
  const [error, setError] = useState<string>()
  const newest = events.find(({ type }) => type === 'alert')?.id

  const reload = useCallback(async () => {
    try {
      setList(await client.alerts())
      setError(undefined)
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }, [client])
  // At once when an event says that something changed, and now and then: other gateways have events of their own.
  useEffect(() => void reload(), [reload, newest])
  useEffect(() => {
    const timer = setInterval(() => void reload(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [reload])

  return (
    <div class="alerts">
      <div class="events-head">
        <h1>Alerts</h1>
        <p class="lede">Bursts, unusual rates and amounts, and parts that do not work.</p>
        {list && role === 'admin' && list.sinks.length > 0 && <TestDelivery client={client} />}
      </div>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      {list && <OpenAlerts list={list} />}
      {list && list.recent.length > 0 && <RecentAlerts alerts={list.recent} />}
    </div>
  )
}

function OpenAlerts({ list }: { readonly list: AlertList }) {
  const { enabled = true, open, sinks } = list
  if (open.length > 0) {
    return (
      <ul class="alert-list" aria-label="Open alerts">
        {open.map((alert) => (
          <OpenAlert key={alert.id} alert={alert} />
        ))}
      </ul>
    )
  }
  return (
    <div class="card">
      <EmptyState title={enabled ? 'All quiet' : 'Alerts are turned off'}>
        <p>{enabled ? toldWhom(sinks) : 'Set gateway.alerts.enabled in the configuration to watch events.'}</p>
      </EmptyState>
    </div>
  )
}

function toldWhom(sinks: AlertList['sinks']): string {
  if (sinks.length === 0) return 'Alerts stand here and in the log. Name a webhook in the configuration to be told.'
  return `Told of alerts: ${sinks.map(({ name, kind }) => `${name} (${kind})`).join(', ')}.`
}

function OpenAlert({ alert }: { readonly alert: AlertInfo }) {
  const { kind, kinds, severity, reason, subject, subjects, openedAt, reopened } = alert
  const seconds = Math.max(0, (Date.now() - Date.parse(openedAt)) / 1_000)
  const also = kinds.filter((each) => each !== kind)
  const others = subjects.filter((each) => each !== subject)
  return (
    <li class={`card alert-card is-${severity}`}>
      <div class="alert-title">
        <SeverityTag severity={severity} />
        <h2>{KIND_WORDS[kind]}</h2>
        <time dateTime={openedAt} title={formatFullTime(openedAt)}>
          for {formatDuration(seconds)}
        </time>
      </div>
      <p class="alert-reason">
        <SafeText text={reason} />
      </p>
      <dl class="alert-facts">
        <div>
          <dt>About</dt>
          <dd>
            <Subjects names={[subject, ...others]} />
          </dd>
        </div>
        {also.length > 0 && (
          <div>
            <dt>Also</dt>
            <dd>{also.map((each) => KIND_WORDS[each]).join(', ')}</dd>
          </div>
        )}
        {reopened > 0 && (
          <div>
            <dt>Came back</dt>
            <dd>{reopened === 1 ? 'once' : `${reopened} times`}</dd>
          </div>
        )}
      </dl>
    </li>
  )
}

const SHOWN_SUBJECTS = 4

function Subjects({ names }: { readonly names: readonly string[] }) {
  const more = names.length - SHOWN_SUBJECTS
  return (
    <>
      {names.slice(0, SHOWN_SUBJECTS).map((name) => (
        <code key={name} class="alert-subject">
          <SafeText text={name} />
        </code>
      ))}
      {more > 0 && <span title={names.join('\n')}>and {more} more</span>}
    </>
  )
}

function RecentAlerts({ alerts }: { readonly alerts: readonly AlertInfo[] }) {
  return (
    <section aria-labelledby="alerts-resolved">
      <h2 id="alerts-resolved">Resolved</h2>
      <div class="card">
        <table class="table alerts-table">
          <thead>
            <tr>
              <th scope="col">Opened</th>
              <th scope="col">Lasted</th>
              <th scope="col">Kind</th>
              <th scope="col">About</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {alerts.map(({ id, kind, subject, reason, openedAt, resolvedAt = openedAt }) => (
              <tr key={id}>
                <td title={formatFullTime(openedAt)}>{formatClock(openedAt)}</td>
                <td>{formatDuration((Date.parse(resolvedAt) - Date.parse(openedAt)) / 1_000)}</td>
                <th scope="row">{KIND_WORDS[kind]}</th>
                <td>
                  <code>
                    <SafeText text={subject} />
                  </code>
                </td>
                <td>
                  <SafeText text={reason} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const KIND_WORDS = {
  'auth-failure-burst': 'Many wrong keys',
  'injection-burst': 'Many injection attempts',
  'denial-rate': 'Many refusals',
  'usage-anomaly': 'Unusual number of requests',
  'spend-anomaly': 'Unusual number of tokens',
  'key-networks': 'One key, many networks',
  'upstream-failures': 'Upstream fails',
  'failed-open': 'A guard failed open',
  'degraded-store': 'A shared store is away',
  'audit-gap': 'The security log is not written',
} as const satisfies Record<AlertInfo['kind'], string>

function TestDelivery({ client }: { readonly client: GatewayClient }) {
  const [state, setState] = useState<AlertTest['results'] | 'sending' | { readonly error: string }>()
  const send = async () => {
    setState('sending')
    try {
      setState((await client.testAlerts()).results)
    } catch (thrown) {
      setState({ error: describeError(thrown) })
    }
  }
  return (
    <>
      <p class="alert-test" role="status">
        {state === 'sending' && 'Sending…'}
        {Array.isArray(state) && state.map(({ sink, ok, detail }) => `${sink}: ${ok ? 'reached' : detail}`).join('; ')}
        {typeof state === 'object' && 'error' in state && state.error}
      </p>
      <button type="button" class="button" disabled={state === 'sending'} onClick={() => void send()}>
        Send a test
      </button>
    </>
  )
}
