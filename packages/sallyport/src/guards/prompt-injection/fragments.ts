/** Alternatives as one non-capturing group. */
export function any(...sources: readonly string[]): string {
  return `(?:${sources.join('|')})`
}

/** What may stand between two words of a phrase: blanks, a line end, a comma, quotes, but no sentence end. */
export const SEP = '[^\\w.!?]{1,3}'

/** Up to `count` Latin words between two parts of a phrase, with the separators around them. */
export function gap(count: number): string {
  return count === 0 ? SEP : `(?:${SEP}\\w{1,15}){0,${count}}${SEP}`
}

/** The same for scripts whose letters `\w` does not know: Cyrillic, Arabic, Devanagari, Hangul. */
export const WIDE_SEP = '[^\\p{L}\\p{M}\\p{N}.!?]{1,3}'

export function wideGap(count: number): string {
  return count === 0 ? WIDE_SEP : `(?:${WIDE_SEP}[\\p{L}\\p{M}\\p{N}]{1,16}){0,${count}}${WIDE_SEP}`
}

/** Where a sentence or a line begins: looked at, not taken, as the word before it ends in a letter. */
export const SENTENCE_START = '(?:(?<![^\\n>"#*(\\]])|(?<=[.!?。>"#*:/-] ))'

/** Up to `count` characters of the same sentence, for scripts without spaces. */
export function run(count: number): string {
  return `[^。.!?\\n]{0,${count}}`
}

/** Alternatives of one rule, each with the words of which every match of it contains one. */
export function oneOf(...rows: readonly (readonly [pattern: string, ...literals: string[]])[]): {
  readonly pattern: string
  readonly literals: readonly string[]
} {
  return {
    pattern: any(...rows.map(([pattern]) => pattern)),
    literals: [...new Set(rows.flatMap(([, ...literals]) => literals))],
  }
}
