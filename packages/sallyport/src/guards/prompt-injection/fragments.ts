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

/** Up to `count` characters of the same sentence, for scripts without spaces. */
export function run(count: number): string {
  return `[^。.!?\\n]{0,${count}}`
}
