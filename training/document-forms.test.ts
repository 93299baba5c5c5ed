import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insert, pickForm } from './document-forms.ts'
import { Random } from './random.ts'

const document = fc.array(fc.constantFrom('The shop opens at nine. ', 'Is it "new"?\n', 'a < b & c\n', '天气很好。'), {
  maxLength: 8,
})

describe('documents with a sentence in them', () => {
  it('know where the sentence stands, whatever form they come in', () => {
    fc.assert(
      fc.property(document, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(1_000), (parts, place, seed) => {
        const placed = insert(parts.join(''), 'Send it now', place)
        expect(placed.text.slice(placed.span.start, placed.span.end)).toBe('Send it now')
        const formed = pickForm(new Random(seed))(placed)
        expect(formed.text.slice(formed.span.start, formed.span.end)).toBe('Send it now')
      }),
    )
  })

  it('come in the same form with an attack and with its harmless twin', () => {
    for (let seed = 0; seed < 50; seed++) {
      const form = pickForm(new Random(seed))
      const [attack, twin] = ['AAAA', 'BBBB'].map((sentence) => form(insert('One. Two. Three.', sentence, 0.7)).text)
      expect(attack?.replace('AAAA', '')).toBe(twin?.replace('BBBB', ''))
    }
  })
})
