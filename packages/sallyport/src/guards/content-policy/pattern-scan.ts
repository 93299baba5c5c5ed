import { RE2JS } from 're2js'
import { SallyportError } from '../../errors/sallyport-error.ts'
import type { GuardScan, Match } from '../../guard/guard.ts'
import { measurePattern } from '../../text/pattern/index.ts'
import type { ContentPolicyOptions } from './options.ts'

/** A pattern without an upper length needs the whole text; longer texts than this are refused, not skipped. */
export const WHOLE_TEXT_LIMIT = 262_144
/** Up to this match length a pattern is followed through a stream instead of waiting for its end. */
const STREAMABLE = 512

export interface CompiledPattern {
  readonly code: string
  readonly message: string
  readonly expression: RE2JS
  /** Longest match in UTF-16 code units, Infinity when it is not bounded or not known. */
  readonly reach: number
}

/**
 * Compiles the operator's patterns with RE2, whose time is linear in the text whatever the pattern is.
 *
 * @throws SallyportError `invalid-pattern` that names the pattern, says what is wrong and what to do.
 */
export function compilePatterns(patterns: ContentPolicyOptions['patterns']): readonly CompiledPattern[] {
  const seen = new Set<string>()
  return patterns.map(({ name, pattern, message }, index) => {
    const where = `content-policy.patterns[${index}] ("${name}")`
    if (seen.has(name))
      throw new SallyportError('invalid-pattern', `${where}: the name is used twice. Give each pattern its own name.`)
    seen.add(name)
    const expression = compile(pattern, where)
    if (expression.matches('') || expression.matcher('').find()) {
      throw new SallyportError(
        'invalid-pattern',
        `${where}: it matches the empty text, so it would match everywhere. Require at least one character.`,
      )
    }
    return {
      code: `pattern-${name}`,
      message: message ?? 'Matches a pattern that the operator forbids.',
      expression,
      reach: reachOf(pattern),
    }
  })
}

function compile(pattern: string, where: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason'
    throw new SallyportError(
      'invalid-pattern',
      `${where}: ${reason}. Patterns are written in RE2 syntax: no lookaround and no back-references.`,
      { cause },
    )
  }
}

/** The longest match, when the pattern also reads as a bounded JavaScript pattern. */
function reachOf(pattern: string): number {
  try {
    const { maxLength, ahead } = measurePattern(new RegExp(pattern.replace(/^\(\?[ims]{1,3}\)/, ''), 'u'))
    const reach = maxLength + ahead + 1
    return reach <= STREAMABLE ? reach : Infinity
  } catch {
    return Infinity
  }
}

/** Runs the operator's patterns over a text that arrives in chunks. */
export class PatternScan implements GuardScan {
  readonly #patterns: readonly CompiledPattern[]
  /** Where the next match of each pattern may start, absolute. */
  readonly #cursors: number[]
  #text = ''
  /** Absolute offset of the first kept character. One more than needed is kept, so that \b and ^ see what was before. */
  #base = 0

  constructor(patterns: readonly CompiledPattern[]) {
    this.#patterns = patterns
    this.#cursors = patterns.map(() => 0)
  }

  get settled(): number {
    return Math.min(...this.#cursors)
  }

  push(chunk: string, end: boolean): readonly Match[] {
    this.#text += chunk
    if (this.#text.length > WHOLE_TEXT_LIMIT && this.#patterns.some(({ reach }) => reach === Infinity)) {
      throw new SallyportError(
        'budget-exhausted',
        `content-policy: a pattern without an upper length cannot be used on texts over ${WHOLE_TEXT_LIMIT} characters. Bound its repeats, {0,200} instead of *.`,
      )
    }
    const found = this.#patterns.flatMap((pattern, index) => this.#run(pattern, index, end))
    this.#trim()
    return found.sort((a, b) => a.start - b.start || a.end - b.end)
  }

  #run({ code, message, expression, reach }: CompiledPattern, index: number, end: boolean): Match[] {
    const length = this.#base + this.#text.length
    if (!end && reach === Infinity) return []
    const matches: Match[] = []
    const matcher = expression.matcher(this.#text)
    let cursor = this.#cursors[index] ?? 0
    while (cursor <= length && matcher.find(cursor - this.#base)) {
      const start = this.#base + matcher.start()
      const stop = this.#base + matcher.end()
      // Later text could still make this match longer, or put another in its place.
      if (!end && start + reach > length) break
      if (stop > start) matches.push({ code, message, start, end: stop, severity: 'medium', confidence: 1 })
      cursor = stop > start ? stop : start + 1
    }
    this.#cursors[index] = end ? length : Math.max(cursor, length - reach)
    return matches
  }

  #trim(): void {
    const keepFrom = Math.max(this.#base, this.settled - 1)
    if (keepFrom - this.#base < STREAMABLE) return
    this.#text = this.#text.slice(keepFrom - this.#base)
    this.#base = keepFrom
  }
}
