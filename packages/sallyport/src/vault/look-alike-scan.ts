import type { GuardScan, Match } from '../guard/guard.ts'
import { codeRuns, CODE_LENGTH, isCodeLetter, possibleCodes } from './placeholder-form.ts'

/** What stands in place of a code that is none of ours. It has vowels, so it is no code itself. */
const NEUTRAL = 'unknown'
/** What stands before a code in anything that could pass for a placeholder. */
const LEAD = /[_\-:#\\[<{]$/
/** Characters kept of what was read, to see what stands before a code. */
const KEEP = 1

/**
 * Finds texts in the form of a placeholder that none of this conversation is: typed by a user, or planted in a document,
 * they could only be meant to bring back what somebody else wrote. They would not, but the model is spared the riddle.
 */
export class LookAlikeScan implements GuardScan {
  readonly #isKnown: (code: string) => boolean
  #text = ''
  /** Offset of `#text[0]`. */
  #base = 0
  #settled = 0

  constructor(isKnown: (code: string) => boolean) {
    this.#isKnown = isKnown
  }

  get settled(): number {
    return this.#settled
  }

  push(chunk: string, end: boolean): readonly Match[] {
    this.#text += chunk
    const matches: Match[] = []
    // A run of letters that reaches the end may go on.
    const until = end ? this.#text.length : lastRunStart(this.#text)
    for (const { start, run } of codeRuns(this.#text)) {
      if (start >= until) break
      if (this.#base + start < this.#settled) continue
      if (this.#isLookAlike(start, run)) {
        matches.push({
          start: this.#base + start,
          end: this.#base + start + run.length,
          code: 'placeholder-look-alike',
          severity: 'low',
          confidence: 1,
          message: 'Looks like a placeholder and is none of this conversation.',
          replacement: NEUTRAL,
        })
      }
    }
    this.#settled = this.#base + until
    const drop = Math.max(0, until - KEEP)
    this.#text = this.#text.slice(drop)
    this.#base += drop
    return matches
  }

  #isLookAlike(start: number, run: string): boolean {
    if (!LEAD.test(this.#text.slice(Math.max(0, start - 1), start))) return false
    // Longer runs and mixed case are keys and encoded text; codes are written in one case.
    if (run.length !== CODE_LENGTH || (run !== run.toLowerCase() && run !== run.toUpperCase())) return false
    const after = this.#text[start + run.length] ?? ''
    return !/[A-Za-z0-9]/.test(after) && !possibleCodes(run).some(this.#isKnown)
  }
}

/** Where the last letters may be a code that goes on; no code has more letters than that. */
function lastRunStart(text: string): number {
  let start = text.length
  while (start > 0 && text.length - start <= CODE_LENGTH && isCodeLetter(text[start - 1] ?? '')) start--
  return start
}
