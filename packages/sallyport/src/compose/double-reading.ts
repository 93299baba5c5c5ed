import { strongerDecision, strongerOutcome } from '../guard/decision.ts'
import type { Finding } from '../guard/finding.ts'
import type { Origin } from '../guard/stage.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { Gate } from './gate.ts'
import type { TextPassage } from './gate-guard.ts'
import type { GateScan } from './gate-scan.ts'

/**
 * A text read twice: what the first reading edited is judged once more, from the first edit on. An edit can make a new
 * match (`<scr<script>ipt>`, or a placeholder that completes an image), which is how single-pass sanitizers are beaten.
 * Batch and stream are this same code.
 */
export class DoubleReading {
  readonly #first: GateScan
  readonly #second: GateScan
  readonly #passage: TextPassage | undefined
  #edited = false

  constructor(gate: Gate, origin: Origin, passage?: TextPassage) {
    this.#passage = passage
    this.#first = gate.open(origin, passage)
    this.#second = gate.open(origin, passage, 'follower')
  }

  push(chunk: string, end: boolean): { readonly text: string; readonly findings: readonly Finding[] } {
    const restored = this.#passage?.restoration?.push(chunk, end) ?? chunk
    const { text, editedFrom, findings } = this.#first.push(restored, end)
    if (this.#edited) return { text: this.#second.push(text, end).text, findings }
    if (editedFrom === undefined) {
      if (!end) this.#second.follow(text)
      return { text, findings }
    }
    this.#edited = true
    const unchanged = text.slice(0, editedFrom)
    this.#second.follow(unchanged)
    return { text: unchanged + this.#second.push(text.slice(editedFrom), end).text, findings }
  }

  /** Why the text was denied; from then on nothing leaves. */
  get denied(): string | undefined {
    return this.#first.denied ?? this.#second.denied
  }

  /** True once a placeholder was replaced: the text is no longer word for word the model's. */
  get restored(): boolean {
    return this.#passage?.restoration?.changed === true
  }

  /** The verdict so far; its text is only there for a whole text. */
  verdict(): Verdict {
    const first = this.#first.verdict()
    if (!this.#edited) return first
    return { ...joined(first, this.#second.verdict()), text: '' }
  }
}

/** Judges a whole text, read twice like a stream; the text of the verdict has all edits of both readings. */
export function judgeText(gate: Gate, text: string, origin: Origin, passage?: TextPassage): Verdict {
  const first = gate.open(origin, passage)
  first.push(text, true)
  const verdict = first.verdict()
  const edit = verdict.edits[0]
  if (!edit) return verdict
  const second = gate.open(origin, passage, 'follower')
  const unchanged = verdict.text.slice(0, edit.start)
  second.follow(unchanged)
  second.push(verdict.text.slice(edit.start), true)
  return joined(verdict, second.verdict(), unchanged)
}

/** Spans of the second reading are places in the edited text, so of its findings only a refusal counts. */
function joined(first: Verdict, second: Verdict, unchanged = ''): Verdict {
  return {
    ...first,
    text: unchanged + second.text,
    outcome: second.outcome === 'block' ? strongerOutcome(first.outcome, 'block') : first.outcome,
    decision: strongerDecision(first.decision, second.decision),
  }
}
