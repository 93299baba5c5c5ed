import fc from 'fast-check'
import { expect, it } from 'vitest'
import { leetCandidate } from './leet-candidate.ts'

/** What a candidate is, as a pattern. */
const CANDIDATE =
  /([a-z][0134578@$!|+(]|[0134578@$!|+(][a-z])|(?<![a-z0-9@$])[a-z0-9@$][^a-z0-9@$]{1,6}[a-z0-9@$](?![a-z0-9@$])/g

it('finds what the pattern finds', () => {
  const unit = fc.constantFrom(...'abz019@$!|+( .\n-éж😀')
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), fc.nat({ max: 8 }), (units, from) => {
      const text = units.join('')
      CANDIDATE.lastIndex = from
      const match = from <= text.length ? CANDIDATE.exec(text) : null
      const expected = match === null ? undefined : { index: match.index, kind: match[1] ? 'token' : 'run' }
      expect(leetCandidate(text, from)).toEqual(expected)
    }),
    { numRuns: 5_000 },
  )
})
