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

  it('is content with its own result after at most three rounds, also for markup within markup', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        let result = text
        for (let round = 0; round < 3; round++) result = applyMatches(result, scanWhole(result, rules))
        expect(scanWhole(result, rules)).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })
})
