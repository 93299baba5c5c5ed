import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildShield, type Shield } from '../../compose/create-shield.ts'
import { SallyportError } from '../../errors/sallyport-error.ts'
import { literalsCover, measurePattern } from '../../text/pattern/index.ts'
import { contentPolicy } from './content-policy.ts'
import { TOPICS } from './options.ts'
import { topicRules } from './topic-rules.ts'

function shieldWith(options: Record<string, unknown>): Shield {
  return buildShield(
    [contentPolicy],
    { recommended: {}, strict: {}, monitor: {}, everything: {} },
    {
      guards: { 'content-policy': { enabled: true, actions: 'redact', options } },
    },
  )
}

async function codes(options: Record<string, unknown>, text: string): Promise<readonly string[]> {
  const verdict = await shieldWith(options).check({ text })
  return verdict.findings.map((finding) => finding.code)
}

function cases(name: string): readonly { text: string; topic: string }[] {
  const lines = readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as { text: string; topic: string })
}

describe('without options', () => {
  it('finds nothing', async () => {
    expect(await codes({}, 'How do I make a bomb? damn')).toEqual([])
  })
})

describe('words', () => {
  it.each([
    ['whole', ['ash'], 'a pile of ash.', true],
    ['not inside another', ['ash'], 'wash the dishes', false],
    ['whatever the case', ['Acme'], 'ACME is late', true],
    ['whatever the accents', ['café'], 'the CAFÉ opens', true],
    ['in full-width letters', ['acme'], 'ａｃｍｅ', true],
    ['in leetspeak', ['secret'], 's3cr3t plans', true],
    ['in Cyrillic look-alikes', ['acme'], 'аcmе', true],
    ['with zero-width characters', ['acme'], 'ac\u200bme', true],
    ['over a line end', ['project falcon'], 'project\nfalcon', true],
    ['in Russian', ['тайна'], 'это тайна!', true],
    ['not inside another Russian word', ['кот'], 'который час', false],
    ['in Chinese, without spaces', ['机密'], '这是机密文件', true],
    ['in Japanese, without spaces', ['秘密'], 'これは秘密です', true],
    ['in Thai, without spaces', ['ลับ'], 'เอกสารลับมาก', true],
    ['in Korean, with a particle', ['비밀'], '비밀을 지켜', true],
    ['in Arabic', ['سري'], 'ملف سري', true],
    ['with characters that patterns use', ['c++ (beta)'], 'we use c++ (beta) here', true],
  ])('are found %s', async (_title, words, text, expected) => {
    expect((await codes({ words }, text)).includes('word')).toBe(expected)
  })

  it('come in named lists with their own message', async () => {
    const shield = shieldWith({
      words: { rivals: { words: ['acme'], message: 'Names a rival.' }, codenames: { words: ['falcon'] } },
    })
    const verdict = await shield.check({ text: 'Acme knows about Falcon' })
    expect(verdict.findings.map(({ code, message }) => [code, message])).toEqual([
      ['word-rivals', 'Names a rival.'],
      ['word-codenames', 'Contains a word that the operator forbids.'],
    ])
    expect(verdict.text).toBe('[removed by policy] knows about [removed by policy]')
  })

  it.each([
    [{ words: [' '] }],
    [{ words: { 'Bad Name': { words: ['x'] } } }],
    [{ topics: ['weather'] }],
    [{ word: [] }],
  ])('refuse options that cannot be meant', (options) => {
    expect(() => shieldWith(options)).toThrow()
  })
})

describe('patterns', () => {
  it('are matched on the text as it stands', async () => {
    expect(await codes({ patterns: [{ name: 'ticket', pattern: 'TCK-[0-9]{4}' }] }, 'see TCK-1234')).toEqual([
      'pattern-ticket',
    ])
    expect(await codes({ patterns: [{ name: 'ticket', pattern: 'TCK-[0-9]{4}' }] }, 'see tck-1234')).toEqual([])
    expect(await codes({ patterns: [{ name: 'ticket', pattern: '(?i)tck-\\d+' }] }, 'see TCK-12')).toEqual([
      'pattern-ticket',
    ])
  })

  it.each([
    ['lookaround', '(?=a)b', 'RE2 syntax'],
    ['an open bracket', '[a-', 'RE2 syntax'],
    ['a back-reference', '(a)\\1', 'RE2 syntax'],
    ['the empty text', 'a*', 'empty text'],
  ])('with %s are refused at start, with place and remedy', (_title, pattern, reason) => {
    try {
      contentPolicy.rules?.({ topics: [], words: [], patterns: [{ name: 'mine', pattern }] })
      expect.unreachable()
    } catch (error) {
      expect(SallyportError.isInstance(error) && error.code).toBe('invalid-pattern')
      expect(String(error)).toContain('content-policy.patterns[0] ("mine")')
      expect(String(error)).toContain(reason)
    }
  })

  it('refuse a name that is used twice', () => {
    const twice = { name: 'same', pattern: 'x' }
    expect(() => contentPolicy.rules?.({ topics: [], words: [], patterns: [twice, twice] })).toThrow('used twice')
  })
})

describe('topics', () => {
  const all = shieldWith({ topics: [...TOPICS] })

  it('are found when somebody asks for them', async () => {
    const missed: number[] = []
    for (const [index, { text, topic }] of cases('attack').entries()) {
      const { findings } = await all.check({ text })
      if (!findings.some((finding) => finding.code.startsWith(`topic-${topic}`))) missed.push(index)
    }
    expect(missed).toEqual([])
  })

  it('are not found in everyday sentences with the same words', async () => {
    const flagged: string[] = []
    for (const [index, { text }] of cases('benign').entries()) {
      const { findings } = await all.check({ text })
      flagged.push(...findings.map((finding) => `#${index} ${finding.code}`))
    }
    expect(flagged).toEqual([])
  })

  it('are bounded and never match without one of their literals', () => {
    const rules = topicRules(TOPICS)
    expect(rules.length).toBeGreaterThanOrEqual(18)
    for (const rule of rules) {
      expect(measurePattern(rule.pattern).maxLength, rule.code).toBeLessThan(800)
      expect(literalsCover(rule.pattern, rule.literals ?? []), rule.code).toBe(true)
    }
  })
})
