import type { SecurityEvent } from '@sallyport/gateway/contract'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { OutcomeBadge, SeverityTag } from '../ui/badges.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatFullTime } from '../ui/format-time.ts'
import { Icon } from '../ui/icons.tsx'
import { formatScore } from '../ui/meter.tsx'
import { requestLink } from '../ui/route.ts'
import { SafeText } from '../ui/safe-text.tsx'

interface EventDrawerProps {
  readonly event: SecurityEvent
  readonly onClose: () => void
  /** What more there is to say, below the facts. */
  readonly children?: ComponentChildren
}

/** All that is known of one event, beside the list; Escape closes it and the focus goes back to its row. */
export function EventDrawer({ event, onClose, children }: EventDrawerProps) {
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    drawer.current?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  const findings = event.findings ?? []
  return (
    <aside
      ref={drawer}
      class="card drawer"
      aria-label="Event details"
      tabIndex={-1}
      onKeyDown={(key) => key.key === 'Escape' && onClose()}
    >
      <div class="drawer-head">
        <h2>{event.type}</h2>
        <button type="button" class="button button-icon" aria-label="Close details" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <p class="drawer-badges">
        <SeverityTag severity={event.severity} />
        {event.outcome && <OutcomeBadge outcome={event.outcome} />}
      </p>
      {event.detail !== undefined && (
        <p class="drawer-detail">
          <SafeText text={event.detail} />
        </p>
      )}
      <dl class="facts">
        <Fact name="Time">{formatFullTime(event.time)}</Fact>
        <TextFact name="Rule" text={event.rule} />
        <TextFact name="Stage" text={event.stage} />
        <TextFact name="Model" text={event.model} />
        <TextFact name="Route" text={event.route} />
        <TextFact name="Status" text={event.status?.toString()} />
        <TextFact name="Took" text={event.durationMs === undefined ? undefined : `${event.durationMs.toFixed(1)} ms`} />
        <TextFact name="Key" text={event.actor?.keyId} />
        <TextFact name="Role" text={event.actor?.role} />
        <TextFact name="User" text={event.actor?.user} />
        {event.requestId !== undefined && (
          <Fact name="Request">
            <a href={requestLink(event.requestId)}>{event.requestId}</a>
          </Fact>
        )}
        <TextFact name="Trace" text={event.traceId} />
        <TextFact name="Event" text={event.id} />
      </dl>
      {children}
      {findings.length > 0 && (
        <>
          <h3>Findings</h3>
          <ul class="drawer-findings">
            {findings.map((finding, index) => (
              <li key={index}>
                <SeverityTag severity={finding.severity} />
                <code>
                  {finding.guard}/{finding.code}
                </code>
                <span class="number">{formatScore(finding.confidence)}</span>
                <span class="drawer-span">
                  {finding.start}–{finding.end}
                  {finding.fingerprint !== undefined && ` · fingerprint ${finding.fingerprint.slice(0, 12)}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <CopyButton text={JSON.stringify(event, undefined, 2)} label="Copy as JSON" />
    </aside>
  )
}

function TextFact({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <Fact name={name}>
      <SafeText text={text} />
    </Fact>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
