import type { GuardScan, Match } from '../../guard/guard.ts'
import { inspectBidiControl } from './bidi-control.ts'
import { BIDI_CONTROL, CONTROL, INVISIBLE, isInvisible, isMark, MARK, NONCHARACTER } from './characters.ts'
import { HIDDEN_CODES, type HiddenCode } from './codes.ts'
import { inspectCombiningMarks } from './combining-marks.ts'
import { inspectConfusableWord, LOOK_ALIKE_LETTERS } from './confusable-word.ts'
import { inspectControl } from './control-character.ts'
import { ExcessWhitespace, type WhitespaceLimits } from './excess-whitespace.ts'
import { inspectInvisibleRun } from './invisible-run.ts'
import { inspectMixedScripts, SCRIPT_CHANGE } from './mixed-scripts.ts'
import { codePointAt, type Found, LEFT_CONTEXT, RUN_LIMIT, type Step, type TextWindow, widthOf } from './text-window.ts'

/**
 * The next place that needs a look. The alternatives tied to `$` are runs that end with the text held so far, so that
 * a chunk boundary inside them is noticed.
 */
const INTERESTING = new RegExp(
  [
    `(?<invisible>[${INVISIBLE}])`,
    `(?<bidi>[${BIDI_CONTROL}])`,
    `(?<control>[${CONTROL}])`,
    `(?<privateUse>\\p{Co})`,
    `(?<noncharacter>[${NONCHARACTER}])`,
    `(?<surrogate>\\p{Cs})`,
    `(?<marks>${MARK}(?:${MARK}{4}|${MARK}{0,3}$))`,
    `(?<word>(?<=\\p{Script=Latin})[${LOOK_ALIKE_LETTERS}]|(?<![\\p{L}\\p{M}])[${LOOK_ALIKE_LETTERS}]{1,31}(?:(?=\\p{Script=Latin})|$))`,
    `(?<scripts>${SCRIPT_CHANGE})`,
  ].join('|'),
  'gu',
)

/** Matches below this confidence (private use, look-alike words, soft hyphens) are honest too often to be removed. */
export const REMOVAL_CONFIDENCE = 0.5

export interface HiddenScanOptions extends WhitespaceLimits {
  /** Codes that are not reported. */
  readonly allow: readonly HiddenCode[]
}

/** Opens a scan for hidden and deceptive characters. The same text gives the same matches for any chunking. */
export function openHiddenScan(options: HiddenScanOptions): GuardScan {
  return new HiddenScan(options)
}

class HiddenScan implements GuardScan {
  readonly #allowed: ReadonlySet<string>
  readonly #whitespace: ExcessWhitespace
  readonly #closers = new Set<number>()
  #text = ''
  #base = 0
  /** Everything before this index of `#text` is decided. */
  #position = 0
  #left = ''
  /** First half of a surrogate pair that a chunk ended with. Patterns never see it alone: see `#withoutCutPair`. */
  #half = ''
  #isAfterRemoval = false

  constructor(options: HiddenScanOptions) {
    this.#allowed = new Set(options.allow)
    this.#whitespace = new ExcessWhitespace(options)
  }

  get settled(): number {
    return Math.min(this.#base + this.#position, this.#whitespace.settled)
  }

  push(piece: string, end: boolean): readonly Match[] {
    const matches: Match[] = []
    const chunk = this.#withoutCutPair(piece, end)
    this.#collect(matches, this.#whitespace.push(chunk, end), 0)
    const isMixed = matches.length > 0
    this.#text += chunk
    for (;;) {
      const window: TextWindow = { text: this.#text, base: this.#base, from: this.#position, left: this.#left, end }
      const step = this.#next(window)
      if (step === undefined) break
      this.#collect(matches, step.found, this.#base)
      this.#moveTo(step)
    }
    // A little raw text stays for the lookbehinds of the pattern.
    const drop = Math.max(0, this.#position - LEFT_CONTEXT)
    this.#text = this.#text.slice(drop)
    this.#base += drop
    this.#position -= drop
    return isMixed ? matches.sort((a, b) => a.start - b.start) : matches
  }

  /**
   * Keeps half a surrogate pair for the next chunk. V8 13 reads the other half behind the end of a string that was cut
   * out of a longer one, and then takes the half for a whole character.
   */
  #withoutCutPair(piece: string, end: boolean): string {
    const chunk = this.#half + piece
    this.#half = !end && endsWithHalf(chunk) ? chunk.slice(-1) : ''
    return this.#half === '' ? chunk : chunk.slice(0, -1)
  }

  #collect(matches: Match[], found: readonly Found[], base: number): void {
    for (const { start, end, code, confidence, replacement } of found) {
      if (this.#allowed.has(code)) continue
      const { severity, message } = HIDDEN_CODES[code as HiddenCode]
      matches.push({ start: start + base, end: end + base, code, severity, confidence, message, replacement })
    }
  }

  /** Looks at the next interesting place; undefined when there is none, or when more text is needed to judge it. */
  #next(window: TextWindow): Step | undefined {
    if (this.#isAfterRemoval) {
      const codePoint = codePointAt(window, window.from)
      if (codePoint === undefined) return undefined
      if (isMark(codePoint) && !isInvisible(codePoint)) return inspectCombiningMarks(window, window.from)
    }
    INTERESTING.lastIndex = window.from
    const hit = INTERESTING.exec(window.text)
    const step = hit === null ? this.#rest(window) : this.#inspect(window, hit)
    if (step !== undefined) return step.next > window.from ? step : undefined
    // The text up to the undecided place is settled.
    const index = hit?.index ?? window.from
    return index > window.from ? { next: index, found: [] } : undefined
  }

  /** Nothing more to look at, but for half a pair at the end of all, which the pattern may have missed. */
  #rest({ text, from }: TextWindow): Step {
    const last = text.length - 1
    return last >= from && endsWithHalf(text)
      ? report(last, 1, 'unpaired-surrogate', 1, '\uFFFD')
      : { next: text.length, found: [] }
  }

  #moveTo({ next, found }: Step): void {
    const removed = found.filter(({ code, confidence }) => confidence >= REMOVAL_CONFIDENCE && !this.#allowed.has(code))
    let from = this.#position
    let left = this.#left
    for (const { start, end, replacement } of removed) {
      left += this.#text.slice(Math.max(from, start - LEFT_CONTEXT), start) + replacement
      from = end
    }
    this.#left = (left + this.#text.slice(Math.max(from, next - LEFT_CONTEXT), next)).slice(-LEFT_CONTEXT)
    this.#isAfterRemoval = removed.at(-1)?.end === next
    this.#position = next
  }

  #inspect(window: TextWindow, hit: RegExpExecArray): Step | undefined {
    const { index } = hit
    const groups = hit.groups ?? {}
    if (groups['invisible'] !== undefined) return inspectInvisibleRun(window, index)
    if (groups['bidi'] !== undefined) return inspectBidiControl(window, index, this.#closers)
    if (groups['control'] !== undefined) return inspectControl(window, index)
    if (groups['marks'] !== undefined) return inspectCombiningMarks(window, index)
    if (groups['word'] !== undefined) return inspectConfusableWord(window, index)
    if (groups['scripts'] !== undefined) return inspectMixedScripts(window, index)
    if (groups['noncharacter'] !== undefined) return report(index, hit[0].length, 'noncharacter', 0.9, '')
    if (groups['privateUse'] !== undefined) return inspectPrivateUse(window, index)
    const codePoint = codePointAt(window, index)
    return codePoint === undefined ? undefined : report(index, 1, 'unpaired-surrogate', 1, '\uFFFD')
  }
}

function endsWithHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}

function inspectPrivateUse(window: TextWindow, start: number): Step | undefined {
  let index = start
  while (index - start < RUN_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    if (codePoint < 0 || !/^\p{Co}$/u.test(String.fromCodePoint(codePoint))) break
    index += widthOf(codePoint)
  }
  return report(start, index - start, 'private-use', 0.4, '')
}

function report(start: number, length: number, code: HiddenCode, confidence: number, replacement: string): Step {
  return { next: start + length, found: [{ start, end: start + length, code, confidence, replacement }] }
}
