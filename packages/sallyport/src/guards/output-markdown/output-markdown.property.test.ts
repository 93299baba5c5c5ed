import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyMatches, scanInChunks, scanWhole } from '../../sinks/markdown/scan-text.ts'
import { renderRules } from '../../sinks/markdown/render-rules.ts'
import { hostList } from '../../sinks/host-list.ts'
import { MARKDOWN_ATTACKS, MARKDOWN_PIECES } from '../../sinks/markdown/attacks.data.ts'

const rules = renderRules({ imageHosts: hostList(['cdn.example.com']), dataImages: false })

const markdown = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...MARKDOWN_PIECES) },
      fc.constantFrom(...MARKDOWN_ATTACKS),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))

describe('the Markdown scanner', () => {
  it('finds the same for any chunking, and never takes back what it called settled', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 }), (text, sizes) => {
        expect(scanInChunks(text, sizes, rules)).toEqual(scanWhole(text, rules))
      }),
      { numRuns: 1500 },
    )
  })

  it('is content with its own result', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const once = applyMatches(text, scanWhole(text, rules))
        expect(applyMatches(once, scanWhole(once, rules))).toBe(once)
      }),
      { numRuns: 1500 },
    )
  })
})
