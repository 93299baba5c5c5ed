import { describe, expect, it } from 'vitest'
import { phraseBooks } from './all-languages.ts'
import { combinations } from './combinations.data.ts'
import { harmlessCombinations } from './harmless-combinations.data.ts'
import { MENTIONS } from './mentions.data.ts'

const languages = Object.entries(phraseBooks)

/** What stands more than once, letter case aside. */
function repeated(phrases: readonly string[]): string[] {
  const lower = phrases.map((phrase) => phrase.toLowerCase())
  return lower.filter((phrase, index) => lower.indexOf(phrase) !== index)
}

describe.each(languages)('the phrases of %s', (lang, book) => {
  it('stand once in their list, so that none is both trained on and held out', () => {
    for (const list of Object.values(book)) expect(repeated(list)).toEqual([])
    for (const slots of Object.values(combinations[lang]!)) for (const slot of slots) expect(repeated(slot)).toEqual([])
    expect(repeated(MENTIONS[lang]!)).toEqual([])
  })

  it('have one label each', () => {
    const attacks = [...book.override, ...book.extraction, ...book.persona, ...book.indirect, ...book.payload]
    const harmless = [...book.harmless, ...book.request, ...(book.letters ?? [])]
    expect(repeated([...new Set(attacks), ...new Set(harmless)])).toEqual([])
  })

  it('have the places that are filled in, and no others', () => {
    for (const template of book.override) expect(template).toContain('{p}')
    for (const template of book.persona) expect(template).toMatch(/\{[pr]\}/)
    for (const frame of MENTIONS[lang]!) expect(frame.split('{}')).toHaveLength(2)
    const { letters = [] } = book
    for (const phrase of [...book.payload, ...book.extraction, ...book.request, ...book.harmless, ...letters])
      expect(phrase).not.toMatch(/\{[pr]?\}/)
  })

  it('let a payload follow, since payloads end without a stop', () => {
    for (const payload of book.payload) expect(payload).not.toMatch(/[.。।?؟]$/)
  })
})

it('has combinations and mentions for every language', () => {
  const names = languages.map(([lang]) => lang)
  expect(Object.keys(combinations)).toEqual(names)
  expect(Object.keys(harmlessCombinations)).toEqual(names)
  expect(Object.keys(MENTIONS)).toEqual(names)
})
