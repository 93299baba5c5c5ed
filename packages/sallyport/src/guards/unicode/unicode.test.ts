import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { cleanText, unicode } from './index.ts'

interface Case {
  readonly title: string
  readonly text: string
  readonly code?: string
  /** What is left when the matches are removed; absent when the case is only watched. */
  readonly clean?: string
}

function cases(name: string): Case[] {
  const lines = readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Case)
}

function scan(text: string, options: object = {}): readonly Match[] {
  const hidden = unicode.open?.(unicode.options.parse(options), { stage: 'input', origin: 'user' })
  return hidden?.push(text, true) ?? []
}

describe('unicode', () => {
  it.each(cases('attack'))('finds $title', ({ text, code, clean }) => {
    const matches = scan(text)
    expect(matches.map((match) => match.code)).toContain(code)
    for (const { start, end } of matches) expect(0 <= start && start < end && end <= text.length).toBe(true)
    expect(cleanText(text).text).toBe(clean ?? text)
  })

  it.each(cases('benign'))('leaves $title byte for byte', ({ text }) => {
    expect(cleanText(text)).toEqual({ text, removed: 0 })
    expect(scan(text).filter(({ code }) => code !== 'soft-hyphen')).toEqual([])
  })

  it('replaces half a surrogate pair by the replacement character', () => {
    expect(cleanText('a\uD83Db').text).toBe('a\uFFFDb')
    expect(cleanText('\uDE00').text).toBe('\uFFFD')
  })

  it('reports a run as one match and an escape sequence as one match', () => {
    expect(scan('a\u200B\u200B\u2060b')).toHaveLength(1)
    expect(scan('\u001B[1;31m')).toEqual([expect.objectContaining({ start: 0, end: 7, code: 'terminal-escape' })])
  })

  it('gives look-alike words their Latin spelling as the replacement', () => {
    expect(scan('log in to p\u0430ypal')[0]).toMatchObject({ replacement: 'aypal', start: 11, end: 16 })
  })

  it('says nothing about codes that are allowed', () => {
    expect(scan('ig\u200Bnore', { allow: ['zero-width'] })).toEqual([])
    expect(unicode.options.safeParse({ allow: ['zero-with'] }).success).toBe(false)
  })

  it('keeps the limits of whitespace it is given', () => {
    expect(scan(`a${' '.repeat(9)}b`, { maxBlankRun: 4 })).toEqual([expect.objectContaining({ start: 5, end: 10 })])
    expect(scan('a\n\n\n\nb', { maxLineEnds: 2 })).toEqual([expect.objectContaining({ start: 3, end: 5 })])
  })

  it('documents every code', () => {
    const documented = Object.keys(unicode.meta.codes ?? {})
    for (const { code } of cases('attack')) expect(documented).toContain(code)
  })
})
