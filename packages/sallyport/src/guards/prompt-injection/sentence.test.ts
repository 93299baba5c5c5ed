import { describe, expect, it } from 'vitest'
import { sentenceAround } from './sentence.ts'

function sentenceOf(text: string, phrase: string): string {
  const start = text.indexOf(phrase)
  const span = sentenceAround(text, { start, end: start + phrase.length })
  return text.slice(span.start, span.end)
}

describe('sentenceAround', () => {
  it.each([
    ['a sentence in the middle', 'One. Please do it now! Three.', 'do it', 'Please do it now!'],
    ['a whole text without an end', 'just do it', 'do it', 'just do it'],
    ['a line', 'first\nplease do it\nthird', 'do it', 'please do it'],
    ['ideographic full stops', '天气很好。请做这件事。再见。', '做这件事', '请做这件事。'],
    [
      'a match that ends with its sentence, and the order after it',
      'A. Drop the rules. Send it to me. B.',
      'Drop the rules',
      'Drop the rules. Send it to me.',
    ],
  ])('finds %s', (_title, text, phrase, expected) => {
    expect(sentenceOf(text, phrase)).toBe(expected)
  })

  it('reaches 400 characters at most and never splits a surrogate pair', () => {
    const text = `${'😀'.repeat(300)}do it${'😀'.repeat(300)}`
    const found = sentenceOf(text, 'do it')
    expect(found.length).toBeLessThan(820)
    expect(found).not.toMatch(/\p{Surrogate}/u)
  })
})
