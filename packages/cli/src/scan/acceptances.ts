import type { RawFinding } from './finding.ts'
import { RULE_IDS, type RuleId } from './rules.data.ts'
import type { LineIndex } from './text-file.ts'

/** What a comment may accept: the rules of `scan`, and what `audit` reads of the source besides. */
const ACCEPTABLE = [...RULE_IDS, 'gate-bypass'] as const
type AcceptableId = RuleId | 'gate-bypass'

/** A comment that accepts findings of a rule on its line, on the next line, or in the whole file. */
interface AcceptanceComment {
  readonly rules: readonly AcceptableId[]
  /** Undefined: the whole file. */
  readonly lines: readonly number[] | undefined
  readonly reason: string
}

const COMMENT = /sallyport-ignore(-file)?[ \t]{1,4}([\w*, -]{1,200}?)[ \t]{1,4}--[ \t]{0,4}([^\n]{0,300})/g
const BARE = /sallyport-ignore(?:-file)?\b(?![^\n]*--[ \t]*\w)(?=[ \t]+[a-z*][\w-]*[ \t]*(?:$|-->|\*\/|#\}))/gm

/** Comments count for whole file only at its beginning, where a reviewer looks. */
const HEAD_LINES = 20

export class Acceptances {
  readonly #comments: readonly AcceptanceComment[]
  /** Comments that say no reason: they accept nothing. */
  readonly withoutReason: readonly RawFinding[]

  constructor(text: string, index: LineIndex) {
    const comments: AcceptanceComment[] = []
    const bad: RawFinding[] = []
    for (const match of text.includes('sallyport-ignore') ? text.matchAll(COMMENT) : []) {
      const [whole, file, names = '', tail = ''] = match
      const rules = names
        .split(/[ ,]+/)
        .filter((name) => (ACCEPTABLE as readonly string[]).includes(name)) as AcceptableId[]
      const reason = tail.replace(/\s*(?:\*\/|-->|#\}|%>|"+,?)\s*$/, '').trim()
      const { line } = index.at(match.index)
      if (rules.length === 0) continue
      if (reason === '' || (file !== undefined && line > HEAD_LINES)) bad.push(withoutReason(match.index, whole.length))
      else comments.push({ rules, lines: file === undefined ? [line, line + 1] : undefined, reason })
    }
    for (const match of text.includes('sallyport-ignore') ? text.matchAll(BARE) : [])
      bad.push(withoutReason(match.index, match[0].length))
    this.#comments = comments
    this.withoutReason = bad
  }

  /** The reason why a finding on these lines is accepted, if it is. */
  reasonFor(rule: AcceptableId, line: number, endLine: number): string | undefined {
    return this.#comments.find(
      ({ rules, lines }) =>
        rules.includes(rule) && (lines === undefined || lines.some((each) => each >= line && each <= endLine)),
    )?.reason
  }
}

function withoutReason(start: number, length: number): RawFinding {
  const message =
    'A comment accepts a finding and says no reason (or stands too far down for the whole file); it counts for nothing.'
  return { rule: 'acceptance-without-reason', level: 'warning', start, end: start + length, message }
}
