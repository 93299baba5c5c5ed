import { CALLING_CODES } from './calling-codes.data.ts'

const SEP = '[ ().\\u2010-\\u2015\\/-]{0,2}'

/**
 * Pattern source for a country code and its national number, in any grouping, with the lengths the country uses. Exact
 * lengths keep the words or prices after a number out of the match. `(0)` after the code is the trunk prefix some write.
 */
export function internationalPattern(): string {
  const byLength = new Map<string, string[]>()
  for (const [code, lengths] of CALLING_CODES) byLength.set(lengths, [...(byLength.get(lengths) ?? []), code])
  const groups = [...byLength].map(
    ([lengths, codes]) => `(?:${codes.join('|')})(?: ?\\(0\\))?(?:${SEP}\\d){${lengths}}(?!\\d)`,
  )
  // The North American plan: area and exchange start with 2 to 9.
  return `1${SEP}[2-9]${SEP}\\d${SEP}\\d${SEP}\\d(?:${SEP}\\d){6}(?!\\d)|${groups.join('|')}`
}
