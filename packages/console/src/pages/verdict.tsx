import type { AdminCheckRequest, CheckFinding, CheckResult, GuardInfo } from '@sallyport/gateway/contract'
import { useState } from 'preact/hooks'
import { isWholeText } from '../text/segments.ts'
import { OutcomeBadge, SeverityTag } from '../ui/badges.tsx'
import { MarkedText } from '../ui/marked-text.tsx'
import { Meter, formatScore } from '../ui/meter.tsx'
import { SafeText } from '../ui/safe-text.tsx'
import { explainVerdict } from './explain-verdict.ts'

/** A verdict with what it is about: the fields may be edited while it is still on the page. */
export interface Judged {
  readonly request: AdminCheckRequest
  readonly result: CheckResult
  readonly tookMs: number
}

interface VerdictProps {
  readonly judged: Judged
  readonly guards: readonly GuardInfo[]
}

export function VerdictView({ judged, guards }: VerdictProps) {
  const { request, result, tookMs } = judged
  const [active, setActive] = useState<CheckFinding>()
  const { headline, reasons } = explainVerdict(result, request.stage ?? 'input', guards)
  return (
    <>
      <div class={`card verdict tone-${result.action}`} role="status">
        <OutcomeBadge outcome={result.action} large />
        <div class="verdict-words">
          <h2>{headline}</h2>
          {reasons.length > 0 && (
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
        </div>
        <p class="verdict-took">{tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms round trip</p>
      </div>
      <div class="panes">
        <section class="card pane" aria-labelledby="pane-original">
          <h3 id="pane-original">Original, marked</h3>
          <MarkedText text={request.text} findings={result.findings} active={active} onPoint={setActive} />
        </section>
        <section class="card pane" aria-labelledby="pane-cleaned">
          <h3 id="pane-cleaned">
            Cleaned
            <span class="pane-note">{cleanedNote(judged)}</span>
          </h3>
          <div class="text-pane" dir="auto">
            <SafeText text={result.text} />
          </div>
        </section>
      </div>
      <GuardList judged={judged} guards={guards} active={active} onPoint={setActive} />
    </>
  )
}

interface GuardListProps extends VerdictProps {
  readonly active: CheckFinding | undefined
  readonly onPoint: (finding: CheckFinding | undefined) => void
}

/** Guards that found something first, with each finding; the quiet ones after them, by name. */
function GuardList({ judged: { request, result }, guards, active, onPoint }: GuardListProps) {
  const watching = guards.filter(({ stages }) => stages.includes(request.stage ?? 'input')).map(({ id }) => id)
  const ids = [...new Set([...result.findings.map(({ guard }) => guard), ...Object.keys(result.score), ...watching])]
  const found = (id: string) => result.findings.filter(({ guard }) => guard === id)
  const scoreOf = (id: string) => (Object.hasOwn(result.score, id) ? (result.score[id] ?? 0) : 0)
  const loud = ids.filter((id) => found(id).length > 0 || scoreOf(id) > 0).sort((a, b) => scoreOf(b) - scoreOf(a))
  const quiet = ids.filter((id) => !loud.includes(id))
  return (
    <section class="card guards" aria-labelledby="guards-title">
      <h3 id="guards-title">Guards</h3>
      {loud.map((id) => (
        <div key={id} class="guard">
          <div class="guard-head">
            <span class="guard-name" title={guards.find((guard) => guard.id === id)?.summary}>
              {id}
            </span>
            <Meter label={`Score of ${id}`} value={scoreOf(id)} tone={toneOf(found(id))} />
            <span class="number">{formatScore(scoreOf(id))}</span>
          </div>
          <ul class="findings">
            {found(id).map((finding) => (
              <FindingRow
                key={`${finding.code}:${finding.start}:${finding.end}`}
                finding={finding}
                text={request.text}
                isActive={finding === active}
                onPoint={onPoint}
              />
            ))}
          </ul>
        </div>
      ))}
      {quiet.length > 0 && (
        <p class="guards-quiet">
          <span>Nothing found by</span>
          {quiet.map((id) => (
            <code key={id}>{id}</code>
          ))}
        </p>
      )}
    </section>
  )
}

interface FindingRowProps {
  readonly finding: CheckFinding
  readonly text: string
  readonly isActive: boolean
  readonly onPoint: (finding: CheckFinding | undefined) => void
}

function FindingRow({ finding, text, isActive, onPoint }: FindingRowProps) {
  const where = isWholeText(text, finding) ? 'whole text' : `${finding.start}–${finding.end}`
  return (
    <li
      class={`finding${isActive ? ' is-active' : ''}`}
      tabIndex={0}
      onPointerEnter={() => onPoint(finding)}
      onPointerLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(finding)}
      onBlur={() => onPoint(undefined)}
    >
      <SeverityTag severity={finding.severity} />
      <span class="finding-what">
        <code>{finding.code}</code>
        {finding.message !== undefined && <span class="finding-message">{finding.message}</span>}
      </span>
      <span class="finding-where">
        {finding.entity !== undefined && <span class="entity">{finding.entity}</span>}
        {where}
      </span>
      <span class="number" title="Confidence">
        {formatScore(finding.confidence)}
      </span>
    </li>
  )
}

function cleanedNote({ request, result }: Judged): string {
  const notes = [result.text === request.text ? 'unchanged' : '', result.action === 'block' ? 'not let through' : '']
  return notes.filter((note) => note !== '').join(', ')
}

function toneOf(findings: readonly CheckFinding[]): string {
  const order = ['critical', 'high', 'medium', 'low'] as const
  const worst = order.find((severity) => findings.some((finding) => finding.severity === severity))
  return worst ?? 'accent'
}
