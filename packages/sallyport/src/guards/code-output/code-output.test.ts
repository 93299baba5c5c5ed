import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildShield } from '../../compose/create-shield.ts'
import type { Preset } from '../../presets/preset.ts'
import { codeOutput } from './code-output.ts'

interface Case {
  readonly title: string
  readonly text: string
  readonly code?: string
}

const cases = (name: string): Case[] =>
  readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)

const policy: Preset = { 'code-output': { actions: { output: 'monitor', 'tool-call': 'monitor' } } }
const all = { recommended: policy, strict: policy, monitor: policy, everything: policy }
const shield = buildShield([codeOutput], all)
const attacks = cases('attack')

const codes = async (text: string, stage: 'output' | 'tool-call' = 'output'): Promise<string[]> =>
  (await shield.check({ text, stage })).findings.map(({ code }) => code)

describe('dangerous constructs', () => {
  it.each(attacks)('are found: $title', async ({ text, code }) => {
    expect(await codes(text)).toContain(code)
    expect(await codes(`Run this:\n\n\`\`\`\n${text}\n\`\`\`\n\nThen tell me.`)).toContain(code)
  })

  it.each(attacks)('are found in the arguments of a call: $title', async ({ text, code }) => {
    expect(await codes(`command: ${text}`, 'tool-call')).toContain(code)
  })

  it('have a case for each code', () => {
    const known = new Set((codeOutput.rules?.(codeOutput.options.parse({})) ?? []).map(({ code }) => code))
    expect([...known].filter((code) => !attacks.some((attack) => attack.code === code))).toEqual([])
  })

  it('are recorded, and the text stays as it is', async () => {
    const text = 'rm -rf / --no-preserve-root'
    expect(await shield.check({ text, stage: 'output' })).toMatchObject({ outcome: 'monitor', text })
  })

  it('are found however a stream is cut', () => {
    for (const { text, code } of attacks) {
      const stream = shield.openStream({ stage: 'output' })
      const whole = `Run this:\n\`\`\`\n${text}\n\`\`\`\nThen tell me.`
      for (const letter of whole) stream.push(letter)
      stream.end()
      expect(stream.verdict().findings.map((finding) => finding.code)).toContain(code)
    }
  })

  it('are looked for in the chosen languages alone', async () => {
    const only = buildShield([codeOutput], all, { guards: { 'code-output': { options: { languages: ['sql'] } } } })
    const found = await only.check({ text: 'rm -rf /\nDROP TABLE users;', stage: 'output' })
    expect(found.findings.map(({ code }) => code)).toEqual(['sql-drop'])
  })
})

describe('ordinary code', () => {
  it.each(cases('benign'))('passes: $title', async ({ text }) => {
    expect(await codes(text)).toEqual([])
    expect(await codes(`\`\`\`\n${text}\n\`\`\``)).toEqual([])
  })
})
