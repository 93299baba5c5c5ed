import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildShield } from '../../compose/create-shield.ts'
import { presets } from '../../presets/index.ts'
import { luhn } from './checksums/luhn.ts'
import { pii } from './index.ts'

const policy = { pii: presets.recommended.pii ?? {} }
const shield = buildShield([pii], { recommended: policy, strict: policy, monitor: policy, everything: policy })

const card = fc
  .tuple(fc.constantFrom('4', '51', '2221', '6011', '35'), fc.stringMatching(/^[0-9]{15}$/))
  .map(([prefix, body]) => (prefix + body).slice(0, 15))
  .map((body) => [...'0123456789'].map((digit) => body + digit).find(luhn) ?? '')
  .filter((number) => new Set(number).size > 3)

const separators = fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u2011', ' - ')

describe('pii properties', () => {
  it('finds a card whichever way its groups are set apart', async () => {
    await fc.assert(
      fc.asyncProperty(card, separators, separators, async (number, first, second) => {
        // One dot in the middle makes a decimal number.
        fc.pre(first !== '' || second !== '.')
        const text = `${number.slice(0, 4)}${first}${number.slice(4, 8)}${second}${number.slice(8, 12)}${first}${number.slice(12)}`
        const { findings } = await shield.check({ text: `pay with ${text} today` })
        expect(findings.some((finding) => finding.entity === 'CREDIT_CARD')).toBe(true)
      }),
    )
  })

  it('does not call it a card when any one digit is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        card,
        fc.integer({ min: 6, max: 15 }),
        fc.integer({ min: 1, max: 9 }),
        async (number, at, shift) => {
          const wrong = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1)
          const { findings } = await shield.check({ text: `pay with ${wrong} today` })
          expect(findings.some((finding) => finding.code === 'credit-card')).toBe(false)
        },
      ),
    )
  })

  it('leaves nothing to find in what it has redacted, for any text around', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 40 }),
        card,
        fc.string({ unit: 'binary', maxLength: 40 }),
        async (before, number, after) => {
          const once = await shield.check({ text: `${before} ${number} ${after}` })
          expect((await shield.check({ text: once.text })).text).toBe(once.text)
          expect(once.text).not.toContain(number)
        },
      ),
    )
  })
})
