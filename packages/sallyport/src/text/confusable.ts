import { CONFUSABLES } from './confusables.generated.ts'
import { EXTRA_LOOKALIKES } from './lookalikes.data.ts'

export interface Lookalike {
  readonly lookalike: string | undefined
  readonly strict: boolean
}

const NONE: Lookalike = { lookalike: undefined, strict: false }
const ASCII = /^[\0-\x7f]*$/

let table: Map<string, string> | undefined

/**
 * The ASCII letters or digits, lower case, that a character is taken for. `folded` is its folded form. Capitals count:
 * `т` looks like nothing, but it may have been `Т`, so it gives `t` as a weak (not strict) look-alike.
 */
export function lookalikeOf(source: string, folded: string): Lookalike {
  if (ASCII.test(folded)) return NONE
  const letters = (table ??= readTable())
  const exact = letters.get(source)
  const lower = letters.get(folded)
  // UTS #39 takes capital I for l; where the small letter is an i, so is the capital.
  if (exact !== undefined)
    return { lookalike: exact === 'l' && lower === 'i' ? 'i' : exact, strict: exact.length === 1 }
  if (lower !== undefined) return { lookalike: lower, strict: folded !== source }
  const upper = letters.get(folded.toUpperCase())
  return upper === undefined ? NONE : { lookalike: upper, strict: false }
}

/** Reads the generated form: per target its sources in rising order, each as the base-36 distance to the one before. */
function readTable(): Map<string, string> {
  const map = new Map<string, string>()
  for (const line of CONFUSABLES.split('\n')) {
    const [target = '', ...distances] = line.split(' ')
    let codePoint = 0
    for (const distance of distances) {
      codePoint += Number.parseInt(distance, 36)
      map.set(String.fromCodePoint(codePoint), target)
    }
  }
  for (const [source, target] of EXTRA_LOOKALIKES) map.set(source, target)
  return map
}
