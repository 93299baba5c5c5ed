import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Restoration } from '../guard/pseudonyms.ts'
import { testVault } from './node/testing/test-vault.ts'

const conversation = testVault().open({ tenant: 'a' })
const codes = [
  ['EMAIL_ADDRESS', 'jane@example.org'],
  ['IP_ADDRESS', '203.0.113.7'],
  ['PERSON', 'Jane'],
].map(([entity = '', value = '']) =>
  (conversation.pseudonymizer.placeholder(entity, value, entity === 'PERSON' ? 'tool' : 'user') ?? '').slice(-11, -1),
)

function open(): Restoration {
  const rule = (_: string, origins: ReadonlySet<string>): 'restore' | 'name' =>
    origins.has('user') ? 'restore' : 'name'
  const restoration = conversation.restorer().open(rule, { stage: 'output' })
  if (restoration === undefined) throw new Error('nothing to restore')
  return restoration
}

const NAMES = 'EMAIL_ADDRESS IP_ADDRESS PERSON email EMAIL ADDRESS IP Adresse АДРЕС b x E I'.split(' ')
const BRACKETS = '[ ] [[ ]] < > { } 【 】 &lt; &gt; &#91; &#93; %5B %5D & % ( ) (x)'.split(' ')
const OTHERS = ['_', '\\_', '\\', '-', ' ', '  ', ': ', '.', ',', '\n', '`', '**', '#', '😀', '\ud83d', '1']
const CODES = codes.flatMap((code) => [code, code.toUpperCase(), code.slice(0, 6), code.slice(6)])
const pieces = fc.constantFrom(...CODES, ...NAMES, ...BRACKETS, ...OTHERS)
const texts = fc.array(pieces, { maxLength: 24 }).map((list) => list.join(''))

describe('restored text', () => {
  it('is the same for any chunking', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 60 }), (text, sizes) => {
        const whole = open().push(text, true)
        const stream = open()
        let streamed = ''
        let at = 0
        for (const size of sizes) {
          streamed += stream.push(text.slice(at, at + size), false)
          // What has been sent is a prefix of the whole at every moment.
          expect(whole.startsWith(streamed)).toBe(true)
          at += size
        }
        streamed += stream.push(text.slice(at), true)
        expect(streamed).toBe(whole)
      }),
      { numRuns: Number(process.env['SALLYPORT_CHUNKINGS'] ?? 3_000) },
    )
  })

  it('holds back no more than an unfinished placeholder may have', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const stream = open()
        let taken = 0
        for (const character of text.split('')) taken += 1 + 0 * stream.push(character, false).length
        const rest = stream.push('', true)
        expect(taken).toBe(text.length)
        expect(rest.length).toBeLessThan(160)
      }),
    )
  })

  it('leaves text without a known code word for word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(open().push(text, true)).toBe(text)
      }),
    )
  })
})
