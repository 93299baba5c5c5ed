import type { GuardScan, Match } from '../../guard/guard.ts'
import { inspectBidiControl } from './bidi-control.ts'
import { BIDI_CONTROL, CONTROL, INVISIBLE, MARK, NONCHARACTER } from './characters.ts'
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
    `(?<marks>${MARK}{5}|${MARK}{1,4}$)`,
    `(?<word>(?<=\\p{Script=Latin})[${LOOK_ALIKE_LETTERS}]|(?<![\\p{L}\\p{M}])[${LOOK_ALIKE_LETTERS}]{1,31}(?:(?=\\p{Script=Latin})|$))`,
    `(?<scripts>${SCRIPT_CHANGE})`,
  ].join('|'),
  'gu',
)

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
  #position = 0

  constructor(options: HiddenScanOptions) {
    this.#allowed = new Set(options.allow)
    this.#whitespace = new ExcessWhitespace(options)
  }

  get settled(): number {
    return Math.min(this.#base + this.#position, this.#whitespace.settled)
  }

  push(chunk: string, end: boolean): readonly Match[] {
    const found = this.#whitespace.push(chunk, end)
    this.#text += chunk
    const window: TextWindow = { text: this.#text, base: this.#base, end }
    const whitespaceCount = found.length
    for (;;) {
      INTERESTING.lastIndex = this.#position
      const hit = INTERESTING.exec(this.#text)
      if (hit === null) {
        this.#position = this.#text.length
        break
      }
      const step = this.#inspect(window, hit)
      this.#position = step?.next ?? hit.index
      if (step === undefined) break
      for (const one of step.found) found.push({ ...one, start: one.start + this.#base, end: one.end + this.#base })
    }
    this.#trim()
    if (whitespaceCount > 0) found.sort((a, b) => a.start - b.start)
    return found.filter((one) => !this.#allowed.has(one.code)).map(toMatch)
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

  #trim(): void {
    const drop = this.#position - LEFT_CONTEXT
    if (drop <= 0) return
    this.#text = this.#text.slice(drop)
    this.#base += drop
    this.#position -= drop
  }
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

function toMatch(found: Found): Match {
  const { severity, message } = HIDDEN_CODES[found.code as HiddenCode]
  return { ...found, severity, message }
}
