import { describe, expect, it } from 'vitest'
import { moderationMatches } from './moderation.ts'

const context = { stage: 'input', origin: 'user' } as const

describe('moderationMatches', () => {
  it('turns opinions above their threshold into matches over the whole text', async () => {
    const model = async () => [
      { category: 'Hate/Threatening', score: 0.9 },
      { category: 'violence', score: 0.4 },
      { category: 'spam', score: 0.7 },
    ]
    const found = await moderationMatches(model, 'hello', context, { thresholds: { violence: 0.3, '*': 0.8 } })
    expect(found.map(({ code, confidence, start, end }) => [code, confidence, start, end])).toEqual([
      ['moderation-hate-threatening', 0.9, 0, 5],
      ['moderation-violence', 0.4, 0, 5],
    ])
  })

  it('gives text, stage, origin and signal to the model', async () => {
    const signal = new AbortController().signal
    let seen: unknown
    await moderationMatches(async (text, given) => ((seen = { text, ...given }), []), 'hi', context, { signal })
    expect(seen).toEqual({ text: 'hi', stage: 'input', origin: 'user', signal })
  })

  it('refuses an answer that cannot be read, and lets the failure of the model through', async () => {
    const strange = async () => [{ category: 'x', score: 7 }]
    await expect(moderationMatches(strange, 'hi', context)).rejects.toThrow('cannot be read')
    const broken = async () => Promise.reject(new Error('down'))
    await expect(moderationMatches(broken, 'hi', context)).rejects.toThrow('down')
  })
})
