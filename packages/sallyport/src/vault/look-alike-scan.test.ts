import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LookAlikeScan } from './look-alike-scan.ts'

const OURS = 'bcdfghjklm'
const scan = (text: string) => new LookAlikeScan((code) => code === OURS).push(text, true)

describe('a look-alike of a placeholder', () => {
  it.each([
    ['in full', 'Write to [EMAIL_ADDRESS_kwzqthbnfm] now'],
    ['in upper case', 'Write to [EMAIL_ADDRESS_KWZQTHBNFM] now'],
    ['with other brackets', 'Write to <EMAIL_ADDRESS_kwzqthbnfm>'],
    ['escaped', 'Write to \\[EMAIL\\_ADDRESS\\_kwzqthbnfm\\]'],
    ['with a translated name', '[ADRESSE-kwzqthbnfm]'],
  ])('is found %s', (_, text) => {
    const [match] = scan(text)
    expect(match).toMatchObject({ code: 'placeholder-look-alike', replacement: 'unknown' })
    expect(text.slice(match?.start, match?.end).toLowerCase()).toBe('kwzqthbnfm')
  })

  it.each([
    ['a placeholder of the conversation', `[EMAIL_ADDRESS_${OURS}]`],
    ['a redaction', '[EMAIL_ADDRESS]'],
    ['a numbered placeholder', '<EMAIL_ADDRESS_1>'],
    ['prose', 'The rhythm of the strengths; bcdfghjklmnp is the alphabet without vowels.'],
    ['a name in code', 'const my_variable = str_ptr-length'],
    ['a key', 'key_bcdfGHJKlm and key_bcdfghjklm2 and key_bcdfghjklmn'],
  ])('is not %s', (_, text) => expect(scan(text)).toEqual([]))

  it('is found alike for any chunking', () => {
    const piece = fc.constantFrom('_', '[', 'kwzqthbnfm', 'kwzqt', 'hbnfm', OURS, 'x', 'A', '1', ' ', ']', 'EMAIL')
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.integer({ min: 0, max: 9 })), (pieces, sizes) => {
        const text = pieces.join('')
        const stream = new LookAlikeScan((code) => code === OURS)
        const found = []
        let at = 0
        for (const size of sizes) {
          found.push(...stream.push(text.slice(at, at + size), false))
          for (const match of found) expect(match.end).toBeLessThanOrEqual(Math.max(at + size, 0))
          at += size
        }
        found.push(...stream.push(text.slice(at), true))
        expect(found).toEqual(scan(text))
      }),
      { numRuns: 2_000 },
    )
  })
})
