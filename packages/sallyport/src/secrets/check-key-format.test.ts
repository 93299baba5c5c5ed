import { describe, expect, it } from 'vitest'
import { checkKeyFormat } from './check-key-format.ts'
import { Secret } from './secret.ts'

const key = {
  openai: ['sk', 'proj', ''].join('-') + 'aB3_'.repeat(20),
  openaiOld: 'sk-' + 'aB3x'.repeat(12),
  anthropic: ['sk', 'ant', 'api03', ''].join('-') + 'Zz9_'.repeat(24),
  openrouter: ['sk', 'or', 'v1', ''].join('-') + '0a1b'.repeat(16),
  google: ['AI', 'za'].join('') + 'Sy12_'.repeat(7),
  groq: ['gs', 'k_'].join('') + 'aB3x'.repeat(13),
  azure: '0a1b'.repeat(8),
  mistral: 'aB3x'.repeat(8),
}

describe('the format of a key', () => {
  it.each([
    ['openai', key.openai],
    ['openai', key.openaiOld],
    ['anthropic', key.anthropic],
    ['openrouter', key.openrouter],
    ['google', key.google],
    ['groq', key.groq],
    ['azure', key.azure],
    ['mistral', key.mistral],
    ['a-provider-of-tomorrow', 'token-123'],
  ])('%s: its own keys pass (%#)', (provider, value) => {
    expect(checkKeyFormat(provider, new Secret(value))).toEqual({ ok: true })
  })

  it.each([
    ['openai', key.anthropic, 'This looks like a key of anthropic, not of openai.'],
    ['openai', key.openrouter, 'This looks like a key of openrouter, not of openai.'],
    ['anthropic', key.openai, 'A key of anthropic looks like'],
    ['google', key.groq, 'This looks like a key of groq'],
    ['openai', key.openai.slice(0, 12), 'A key of openai looks like'],
    ['openai', `"${key.openai}"`, 'quotes'],
    ['openai', `${key.openai}\n`, 'line breaks'],
    ['openai', `Bearer ${key.openai}`, 'spaces'],
    ['openai', 'sk-your-api-key-goes-in-here', 'placeholder'],
    ['openai', `sk-${'x'.repeat(40)}`, 'placeholder'],
    ['openai', '<OPENAI_KEY>', 'placeholder'],
    ['openai', '${OPENAI_KEY}', 'placeholder'],
    ['openai', '', 'empty'],
    ['a-provider-of-tomorrow', 'changeme', 'placeholder'],
  ])('%s: says what is wrong without repeating the key (%#)', (provider, value, reason) => {
    const check = checkKeyFormat(provider, new Secret(value))
    expect(check).toMatchObject({ ok: false, reason: expect.stringContaining(reason) })
    if (value.length > 20) expect(JSON.stringify(check)).not.toContain(value.slice(8, 20))
  })
})
