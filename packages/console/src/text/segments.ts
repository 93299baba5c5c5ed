/** Half-open range in UTF-16 code units. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A stretch of text that is covered by the same findings from its first character to its last. */
export interface Segment<F extends Span> extends Span {
  readonly findings: readonly F[]
}

/**
 * Cuts a text where findings begin and end, so that overlapping and nested spans can be shown without nesting markup.
 * The segments cover the whole text in order. Spans outside the text are clamped, empty ones dropped, and ends that
 * fall inside a surrogate pair move outwards, so that no half character is ever shown.
 */
export function segmentText<F extends Span>(text: string, findings: readonly F[]): readonly Segment<F>[] {
  const spans = findings
    .map((finding) => ({ finding, ...snapSpan(text, finding) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)

  const segments: Segment<F>[] = []
  let open: typeof spans = []
  let next = 0
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1]
    if (end === undefined) break
    open = open.filter((span) => span.end > start)
    for (let span = spans[next]; span && span.start <= start; span = spans[++next]) open.push(span)
    segments.push({ start, end, findings: open.map(({ finding }) => finding) })
  }
  return segments
}

/**
 * Findings worth marking: one about the text as a whole would only paint everything and hide the others, so it is
 * left out as soon as a narrower one exists.
 */
export function markableFindings<F extends Span>(text: string, findings: readonly F[]): readonly F[] {
  const narrower = findings.filter((finding) => !isWholeText(text, finding))
  return narrower.length > 0 ? narrower : findings
}

/** True when the finding is about the text as a whole. */
export function isWholeText(text: string, { start, end }: Span): boolean {
  return start <= 0 && end >= text.length
}

function snapSpan(text: string, span: Span): Span {
  const clamp = (offset: number) => Math.min(Math.max(offset, 0), text.length)
  const start = clamp(span.start)
  const end = clamp(span.end)
  return {
    start: splitsPair(text, start) ? start - 1 : start,
    end: splitsPair(text, end) ? end + 1 : end,
  }
}

function splitsPair(text: string, offset: number): boolean {
  return (
    isBetween(text.charCodeAt(offset - 1), 0xd8_00, 0xdb_ff) && isBetween(text.charCodeAt(offset), 0xdc_00, 0xdf_ff)
  )
}

function isBetween(value: number, low: number, high: number): boolean {
  return value >= low && value <= high
}
