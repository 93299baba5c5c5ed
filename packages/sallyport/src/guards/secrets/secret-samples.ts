import fc from 'fast-check'
import { ASSIGNMENT, type SecretRow } from './secret-row.ts'

/*
 * Samples for the tests, made at run time: the repository holds no string that looks like a credential.
 */

/** Texts with a made-up credential of the row's format in them, and the credential. Undefined for structural rows. */
export function samplesOf(
  { pattern, code }: SecretRow,
  seed: number,
): readonly { text: string; secret: string }[] | undefined {
  const source = pattern.source.replaceAll('\\/', '/')
  const assignment = source.indexOf(ASSIGNMENT)
  if (assignment > 0) {
    const keys = source.slice('(?<=(?:'.length, assignment - 1)
    const value = source.slice(assignment + ASSIGNMENT.length + 1)
    const arbitrary = fc.tuple(matching(keys === '' ? code : keys), matching(value))
    return fc
      .sample(fc.noBias(arbitrary), { seed, numRuns: 24 })
      .map(([key, secret]) => ({ text: `${key} = "${secret}"`, secret }))
  }
  if (!source.startsWith('(?:(?<![A-Za-z0-9_])')) return undefined
  return fc
    .sample(fc.noBias(matching(source.slice(source.indexOf('))') + 2))), { seed, numRuns: 24 })
    .map((secret) => ({ text: `use ${secret} now`, secret }))
}

/** Random text of a pattern without its lookarounds; classes give letters and digits only, as most keys are. */
function matching(source: string): fc.Arbitrary<string> {
  const bare = source
    .replaceAll(/\(\?<?[!=][^()]*\)/g, '')
    .replaceAll(/\[([^\]]*0-9[^\]]*)\]/g, (_class, members: string) => `[${(members.match(/\w-\w/g) ?? []).join('')}]`)
  return fc.stringMatching(new RegExp(`^(?:${bare})$`))
}

/** Random characters of an alphabet, the same for the same seed. */
export function randomText(alphabet: string, length: number, seed: number): string {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return alphabet[state % alphabet.length] ?? ''
  }).join('')
}
