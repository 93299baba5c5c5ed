import type { CheckFinding, Severity } from '@sallyport/gateway/contract'
import { markableFindings, segmentText } from '../text/segments.ts'
import { SafeText } from './safe-text.tsx'

interface MarkedTextProps {
  readonly text: string
  readonly findings: readonly CheckFinding[]
  /** The finding pointed at elsewhere; its segments stand out. */
  readonly active: CheckFinding | undefined
  readonly onPoint: (finding: CheckFinding | undefined) => void
}

const RANK = { info: 0, low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>

/** The original text with what was found marked; where findings overlap, the mark shows the most severe and the count. */
export function MarkedText({ text, findings, active, onPoint }: MarkedTextProps) {
  const segments = segmentText(text, markableFindings(text, findings))
  return (
    <div class="text-pane" dir="auto">
      {segments.map(({ start, end, findings: here }) => {
        const shown = <SafeText text={text} start={start} end={end} />
        const worst = here.toSorted((a, b) => RANK[b.severity] - RANK[a.severity])[0]
        if (!worst) return shown
        const isActive = active !== undefined && here.includes(active)
        return (
          <mark
            key={start}
            class={`mark severity-${worst.severity}${here.length > 1 ? ' mark-stacked' : ''}${isActive ? ' is-active' : ''}`}
            title={here.map(({ guard, code }) => `${guard}: ${code}`).join('\n')}
            onPointerEnter={() => onPoint(worst)}
            onPointerLeave={() => onPoint(undefined)}
          >
            {shown}
          </mark>
        )
      })}
    </div>
  )
}
