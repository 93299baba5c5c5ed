import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildShield } from '../../compose/create-shield.ts'
import type { GuardPolicy } from '../../config/policy.ts'
import { presets } from '../../presets/index.ts'
import { pii } from './index.ts'
import { ENTITY_NAMES, PACK_NAMES, PACKS } from './packs/index.ts'

function shieldWith(policy: GuardPolicy) {
  const preset = { pii: policy }
  return buildShield([pii], { recommended: preset, strict: preset, monitor: preset, everything: preset })
}

const everything = shieldWith(presets.everything.pii ?? {})
const recommended = shieldWith(presets.recommended.pii ?? {})

function cases<Row>(name: string): Row[] {
  const text = readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}

const attacks = cases<{ text: string; entity: string }>('attack')
const benign = cases<{ text: string }>('benign')

describe('pii cases', () => {
  it.each(PACK_NAMES)('has a case for every entity of the pack %s', (name) => {
    const covered = new Set(attacks.map((row) => row.entity))
    expect(PACKS[name].map((rule) => rule.entity).filter((entity) => !covered.has(entity))).toEqual([])
  })

  it.each(attacks.map((row, index) => ({ ...row, index })))(
    'finds $entity in attack case $index',
    async ({ text, entity }) => {
      const { findings } = await everything.check({ text })
      const hits = findings.filter((finding) => finding.entity === entity)
      expect(hits.length).toBeGreaterThan(0)
      for (const { start, end } of hits) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(text.length)
        expect(start).toBeLessThan(end)
      }
    },
  )

  it('has at least 150 hard negatives and leaves every one of them alone', async () => {
    expect(benign.length).toBeGreaterThanOrEqual(150)
    const flagged: number[] = []
    for (const [index, { text }] of benign.entries()) {
      if ((await recommended.check({ text })).text !== text) flagged.push(index)
    }
    expect(flagged).toEqual([])
  })

  it('would notice a flagged hard negative: the same texts at any confidence are not all quiet', async () => {
    let flagged = 0
    for (const { text } of benign) if ((await everything.check({ text })).findings.length > 0) flagged++
    expect(flagged).toBeGreaterThan(20)
  })

  it.each([
    [{ log: 'from\njane@example.org\tpaid with\n4111 1111 1111 1111' }, ['[EMAIL_ADDRESS]', '[CREDIT_CARD]']],
    [{ log: 'IBAN\tDE89370400440532013000', to: '\u00e9\n+49 30 901820' }, ['[IBAN_CODE]', '[PHONE_NUMBER]']],
  ])('finds values behind escapes in JSON, and leaves the escapes whole: case %#', async (value, marks) => {
    const { text } = await recommended.check({ text: JSON.stringify(value) })
    const read = Object.values(JSON.parse(text) as Record<string, string>).join()
    for (const mark of marks) expect(read).toContain(mark)
    expect(read).toMatch(/[\n\t]\[/)
  })

  it('never repeats what it found in a finding', async () => {
    for (const { text } of attacks) {
      for (const finding of (await everything.check({ text })).findings) {
        const value = text.slice(finding.start, finding.end)
        if (value.length > 4) expect(JSON.stringify(finding)).not.toContain(value)
      }
    }
  })
})

describe('pii confidence', () => {
  it.each([
    ['nine digits alone', 'The total was 536228726 units.', 'US_SSN', false],
    ['nine digits named as a social security number', 'Her SSN is 536228726.', 'US_SSN', true],
    ['a voided sample number', 'SSN 078-05-1120', 'US_SSN', false],
    ['an area that is never issued', 'SSN 666-12-3456', 'US_SSN', false],
    ['a card that fails Luhn', 'card 4242 4242 4242 4241', 'CREDIT_CARD', false],
    ['a card between a date and a price', '12/26 4242 4242 4242 4242 19.99', 'CREDIT_CARD', true],
    ['an IMEI', 'IMEI 356938035643809', 'CREDIT_CARD', false],
    ['a decimal number with the digits of a card', '4.242424242424242', 'CREDIT_CARD', false],
    ['an account number followed by words', 'DE89370400440532013000 is mine', 'IBAN_CODE', true],
    ['an account number with a wrong digit', 'DE89370400440532013001', 'IBAN_CODE', false],
    ['a version', 'version 192.168.1.10', 'IP_ADDRESS', false],
    ['an address of the network', 'login from 192.168.1.10', 'IP_ADDRESS', true],
    ['loopback', 'listening on 127.0.0.1', 'IP_ADDRESS', false],
    ['a scope operator', 'std::string and ::close', 'IP_ADDRESS', false],
    ['a package', 'types/node@20.11.5', 'EMAIL_ADDRESS', false],
    ['a host without top-level domain', 'user@localhost', 'EMAIL_ADDRESS', false],
    ['the git account of a forge', 'git@github.com:a/b.git', 'EMAIL_ADDRESS', false],
    ['a telephone number in an unlabelled list', '212-555-0187, 646-555-0143', 'PHONE_NUMBER', true],
    ['a date', '2024-01-15', 'PHONE_NUMBER', false],
  ])('%s', async (_, text, entity, acted) => {
    const { findings } = await recommended.check({ text })
    expect(findings.some((finding) => finding.entity === entity)).toBe(acted)
  })
})

describe('pii options', () => {
  const text = 'card 4242 4242 4242 4242, mail jane@example.org, SSN 536-22-8726'

  async function redact(options: unknown): Promise<string> {
    const shield = shieldWith({
      actions: { redact: 0.5 },
      options: pii.options.parse(options) as Record<string, unknown>,
    })
    return (await shield.check({ text })).text
  }

  it.each([
    ['redacts by default', {}, 'card [CREDIT_CARD], mail [EMAIL_ADDRESS], SSN [US_SSN]'],
    [
      'looks for the named entities only',
      { entities: ['US_SSN'] },
      'card 4242 4242 4242 4242, mail jane@example.org, SSN [US_SSN]',
    ],
    [
      'looks for the named packs only',
      { packs: ['us'] },
      'card 4242 4242 4242 4242, mail jane@example.org, SSN [US_SSN]',
    ],
    [
      'masks all but the last characters and keeps the separators',
      { operators: { CREDIT_CARD: { operator: 'mask' } } },
      'card **** **** **** 4242, mail [EMAIL_ADDRESS], SSN [US_SSN]',
    ],
    [
      'hashes with the key it is given',
      { operators: { EMAIL_ADDRESS: { operator: 'hash' } }, digest: (value: string) => `h${value.length}` },
      'card [CREDIT_CARD], mail [EMAIL_ADDRESS:h16], SSN [US_SSN]',
    ],
    [
      'drops what is less sure than asked',
      { minimumConfidence: 0.98 },
      'card [CREDIT_CARD], mail jane@example.org, SSN [US_SSN]',
    ],
  ])('%s', async (_, options, expected) => expect(await redact(options)).toBe(expected))

  it('never leaves more than half of a short value readable', async () => {
    const shield = shieldWith({
      actions: { redact: 0 },
      options: pii.options.parse({ entities: ['DE_PLZ'], operator: { operator: 'mask', keepLast: 8 } }) as Record<
        string,
        unknown
      >,
    })
    expect((await shield.check({ text: 'PLZ 76133' })).text).toBe('PLZ ***33')
  })

  it.each([
    ['an unknown entity', { entities: ['SHOE_SIZE'] }],
    ['an unknown pack', { packs: ['mars'] }],
    ['an unknown key', { mask: true }],
    ['a confidence above 1', { minimumConfidence: 2 }],
    ['hashing without a key', { operator: { operator: 'hash' } }],
  ])('refuses %s', (_, options) => expect(pii.options.safeParse(options).success).toBe(false))

  it('redacts a redacted text no further', async () => {
    const once = (await recommended.check({ text })).text
    expect((await recommended.check({ text: once })).text).toBe(once)
  })
})

describe('pii rules', () => {
  const rules = PACK_NAMES.flatMap((name) => PACKS[name])

  it('have unique codes and know the entities of Presidio', () => {
    expect(new Set(rules.map((rule) => rule.code)).size).toBe(rules.length)
    expect(ENTITY_NAMES.length).toBeGreaterThanOrEqual(76)
  })

  it('are bounded and need no text after the match beyond their lookahead', () => {
    for (const rule of rules) {
      expect(rule.pattern.source, rule.code).not.toMatch(/(?<![\\[^])[*+](?![^[]*\])/)
      expect(rule.context?.after ?? 0, rule.code).toBe(0)
    }
  })
})
