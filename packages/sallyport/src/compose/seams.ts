import { type Decision, type Outcome, strongerOutcome } from '../guard/decision.ts'
import type { Finding } from '../guard/finding.ts'
import type { TextPart } from '../conversation/text-part.ts'
import type { Gate } from './gate.ts'
import { decisionFor, type TextPassage } from './gate-guard.ts'

export interface SeamResult {
  readonly outcome: Outcome
  readonly decision: Decision
  readonly findings: readonly (Finding & { readonly path: string })[]
  readonly edits: readonly {
    readonly part: TextPart
    readonly start: number
    readonly end: number
    readonly replacement: string
  }[]
}

/** Characters on each side of a seam that are read together: longer than any split that a person would try. */
const REACH = 320
/** A model reads neighbouring parts with nothing or with white space between them. */
const JOINERS = ['', ' '] as const

/** What is known of the parts from reading them alone. */
export interface KnownParts {
  gateOf(part: TextPart): Gate
  passageOf(part: TextPart): TextPassage
  findingsOf(part: TextPart): readonly Finding[]
}

interface Piece {
  readonly part: TextPart
  /** Where the piece starts in its part. */
  readonly from: number
  /** Where the piece starts in the joined text. */
  readonly at: number
  readonly length: number
}

/**
 * Finds what is split over parts: a card number in two message parts, an instruction over two messages or JSON keys.
 * Neighbouring parts are joined (all of them in order, those of one origin, and the property names), only the text
 * around each seam is read, and only findings that cross a seam count.
 */
export function* findAcrossSeams(parts: readonly TextPart[], known: KnownParts): Generator<SeamResult> {
  const filled = parts.filter((part) => part.text.length > 0)
  if (filled.length < 2) return
  for (const sequence of sequences(filled)) {
    for (const joiner of JOINERS) yield* scanSequence(sequence, joiner, known)
  }
}

/** Sequences worth joining: as written, per origin and stage when these alternate, and keys alone. */
function sequences(parts: readonly TextPart[]): (readonly TextPart[])[] {
  const result: (readonly TextPart[])[] = [parts]
  const groups = new Map<string, TextPart[]>()
  for (const part of parts) {
    for (const key of part.kind === 'key' ? ['keys'] : ['values', `${part.stage} ${part.origin}`]) {
      const group = groups.get(key)
      if (group) group.push(part)
      else groups.set(key, [part])
    }
  }
  // A contiguous group has been read already, within the whole.
  for (const group of groups.values()) if (group.length > 1 && !isContiguous(group, parts)) result.push(group)
  return result
}

function isContiguous(group: readonly TextPart[], parts: readonly TextPart[]): boolean {
  const first = parts.indexOf(group[0] as TextPart)
  return group.every((part, index) => parts[first + index] === part)
}

function* scanSequence(sequence: readonly TextPart[], joiner: string, known: KnownParts): Generator<SeamResult> {
  for (const run of runsAroundSeams(sequence, joiner)) {
    const seams = run.pieces.slice(1).map((piece) => piece.at)
    // The strictest stage of the run would need all gates; the last part's gate is the one that lets the whole pass.
    const last = run.pieces.at(-1)?.part
    if (!last) continue
    // What is split over parts is redacted one way: nobody could say where its value would have to stand again.
    const { pseudonymizer: _, ...passage } = known.passageOf(last)
    const scan = known.gateOf(last).open(last.origin, passage, 'only-rules')
    scan.push(run.text, true)
    const verdict = scan.verdict()
    if (verdict.findings.length === 0) continue
    const crosses = ({ start, end }: { start: number; end: number }): boolean =>
      seams.some((seam) => start < seam - joiner.length && end > seam)
    const findings = verdict.findings.filter((finding) => crosses(finding) && !isKnownAlone(finding, run, known))
    if (findings.length === 0) continue
    const edits = verdict.edits.filter(
      (edit) => crosses(edit) && findings.some(({ start, end }) => start < edit.end && end > edit.start),
    )
    const outcome = findings.reduce<Outcome>((strongest, { action }) => strongerOutcome(strongest, action), 'allow')
    const { code, guard, message } = findings.find(({ action }) => action === outcome) ?? (findings[0] as Finding)
    yield {
      outcome,
      decision: decisionFor(outcome, `${guard}/${code}: ${message ?? ''} (split over several parts)`),
      findings: findings.flatMap((finding) =>
        onPieces(run.pieces, finding).map(({ piece, start, end }) => ({
          ...finding,
          start,
          end,
          path: piece.part.path,
        })),
      ),
      edits: edits.flatMap((edit) =>
        onPieces(run.pieces, edit).map(({ piece, start, end }, index) => ({
          part: piece.part,
          start,
          end,
          replacement: index === 0 ? edit.replacement : '',
        })),
      ),
    }
  }
}

/**
 * True for a typed value that one part has in full: joined to the part before it, `jane@example.org` reads as
 * `tojane@example.org`, and nothing new is found by that.
 */
function isKnownAlone(
  finding: Finding,
  { text, pieces }: { readonly text: string; readonly pieces: readonly Piece[] },
  known: KnownParts,
): boolean {
  if (finding.entity === undefined) return false
  return pieces.some((piece) => {
    const start = Math.max(finding.start, piece.at)
    const end = Math.min(finding.end, piece.at + piece.length)
    if (start >= end) return false
    if (known.passageOf(piece.part).restoration?.isOwn(text.slice(start, end)) === true) return true
    const shift = piece.from - piece.at
    return known
      .findingsOf(piece.part)
      .some(
        (alone) =>
          alone.guard === finding.guard &&
          alone.entity !== undefined &&
          alone.start >= start + shift &&
          alone.end <= end + shift,
      )
  })
}

/** The joined text around neighbouring seams; long parts cut a sequence into several runs. */
function* runsAroundSeams(
  sequence: readonly TextPart[],
  joiner: string,
): Generator<{ readonly text: string; readonly pieces: readonly Piece[] }> {
  let text = ''
  let pieces: Piece[] = []
  for (const [index, part] of sequence.entries()) {
    const isLast = index === sequence.length - 1
    const isLong = part.text.length > 2 * REACH
    if (pieces.length > 0) text += joiner
    const head = isLong && pieces.length > 0 ? part.text.slice(0, REACH) : isLong ? '' : part.text
    if (head.length > 0) {
      pieces.push({ part, from: 0, at: text.length, length: head.length })
      text += head
    }
    if (isLong || isLast) {
      if (pieces.length > 1) yield { text, pieces }
      text = ''
      pieces = []
      if (isLong && !isLast) {
        const from = part.text.length - REACH
        text = part.text.slice(from)
        pieces = [{ part, from, at: 0, length: text.length }]
      }
    }
  }
}

/** The parts of a span of the joined text, by piece, in the coordinates of the piece's part. */
function onPieces(
  pieces: readonly Piece[],
  span: { readonly start: number; readonly end: number },
): { readonly piece: Piece; readonly start: number; readonly end: number }[] {
  const result: { piece: Piece; start: number; end: number }[] = []
  for (const piece of pieces) {
    const start = Math.max(span.start, piece.at)
    const end = Math.min(span.end, piece.at + piece.length)
    if (start < end) result.push({ piece, start: start - piece.at + piece.from, end: end - piece.at + piece.from })
  }
  return result
}
