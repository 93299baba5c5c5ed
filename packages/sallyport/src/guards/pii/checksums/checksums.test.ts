import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base58CheckVersion } from './base58check.ts'
import { bech32 } from './bech32.ts'
import { isDate, isShortDate } from './calendar.ts'
import { eip55 } from './eip55.ts'
import { iban } from './iban.ts'
import { icao9303 } from './icao9303.ts'
import { keccak256 } from './keccak256.ts'
import { luhn } from './luhn.ts'
import { mod11And10 } from './mod11-10.ts'
import { mod97 } from './mod97.ts'
import { sha256 } from './sha256.ts'
import { verhoeff } from './verhoeff.ts'
import { weightedDigitSum, weightedSum } from './weighted-sum.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('check digits', () => {
  it.each([
    ['luhn', luhn, '79927398713', '79927398710'],
    ['luhn on a card', luhn, '4242424242424242', '4242424242424241'],
    ['verhoeff', verhoeff, '2363', '2364'],
    ['mod 11,10', mod11And10, '07945', '07946'],
    ['mod 11,10 on a VAT number', mod11And10, '136695976', '136695975'],
    ['ICAO 9303', icao9303, 'L898902C36', 'L898902C37'],
    ['ICAO 9303 in lower case', icao9303, 'l898902c36', 'l898902c35'],
  ])('%s accepts the published example and refuses its neighbour', (_, check, right, wrong) => {
    expect(check(right)).toBe(true)
    expect(check(wrong)).toBe(false)
  })

  it.each([
    ['luhn', luhn],
    ['verhoeff', verhoeff],
    ['mod 11,10', mod11And10],
  ])('%s sees every single changed digit', (_, check) => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{6,17}$/),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (body, position, shift) => {
          const whole = [...'0123456789'].map((digit) => body + digit).find(check)
          // MOD 11,10 and the others have a valid last digit for each body.
          expect(whole).toBeDefined()
          const at = position % body.length
          const changed = (Number(body[at]) + shift) % 10
          expect(check((whole ?? '').slice(0, at) + changed + (whole ?? '').slice(at + 1))).toBe(false)
        },
      ),
    )
  })

  it('computes remainders of long texts without losing precision', () => {
    expect(mod97('3214282912345698765432161182')).toBe(1)
    expect(mod97('WEST12345698765432GB82')).toBe(1)
    expect(mod97('12!4')).toBe(-1)
  })

  it('weights digits from the left and ignores positions beyond the end', () => {
    expect(weightedSum('123', [1, 10, 100])).toBe(321)
    expect(weightedSum('1', [1, 10, 100])).toBe(1)
    expect(weightedDigitSum('77', [2, 1])).toBe(1 + 4 + 7)
  })
})

describe('iban', () => {
  it.each([
    'DE89370400440532013000',
    'de89 3704 0044 0532 0130 00',
    'GB82 WEST 1234 5698 7654 32',
    'FR14-2004-1010-0505-0001-3M02-606',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
    'SC18SSCB11010000000000001497USD',
  ])('accepts published example %#', (text) => expect(iban(text)).toBe(true))

  it.each([
    ['a wrong check digit', 'DE88370400440532013000'],
    ['a wrong length', 'DE8937040044053201300'],
    ['letters where the country has digits', 'DE89A70400440532013000'],
    ['an unknown country', 'XX89370400440532013000'],
    ['a name of the prototype as country', '__proto__'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => expect(iban(text)).toBe(false))
})

describe('hashes', () => {
  it('agrees with the platform on SHA-256 of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
      }),
    )
  })

  it.each([
    ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
    ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
  ])('knows the published Keccak-256 digest of %j', (text, digest) => {
    expect(hex(keccak256(new TextEncoder().encode(text)))).toBe(digest)
  })

  it('refuses inputs longer than one Keccak block instead of hashing them wrongly', () => {
    expect(() => keccak256(new Uint8Array(136))).toThrow(RangeError)
  })
})

describe('wallet addresses', () => {
  it.each([
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 0],
    ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', 5],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', undefined],
    ['0OIl', undefined],
    ['z'.repeat(40), undefined],
  ])('reads the version byte of address %#', (text, version) => expect(base58CheckVersion(text)).toBe(version))

  it.each([
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', true],
    ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', true],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', false],
    ['bc1', false],
    ['1qqqqqqq', false],
  ])('checks bech32 and bech32m address %#', (text, valid) => expect(bech32(text)).toBe(valid))

  it.each([
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', true],
    ['0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359', true],
    ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD', false],
    ['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed', undefined],
    ['0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED', undefined],
  ])('checks the mixed case of address %#', (text, valid) => expect(eip55(text)).toBe(valid))
})

describe('calendar', () => {
  it.each([
    [2024, 2, 29, true],
    [2023, 2, 29, false],
    [1900, 2, 29, false],
    [2000, 2, 29, true],
    [2024, 4, 31, false],
    [2024, 13, 1, false],
    [2024, 0, 1, false],
    [2024, 1, 0, false],
  ])('%i-%i-%i exists: %s', (year, month, day, exists) => expect(isDate(year, month, day)).toBe(exists))

  it('takes a short year for either century', () => {
    expect(isShortDate(0, 2, 29)).toBe(true)
    expect(isShortDate(1, 2, 29)).toBe(false)
  })
})
