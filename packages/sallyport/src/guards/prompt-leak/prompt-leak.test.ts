import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { buildShield } from '../../compose/create-shield.ts'
import type { ConversationText } from '../../guard/guard.ts'
import type { Verdict } from '../../guard/verdict.ts'
import { createCanary, withCanary } from './canary.ts'
import { hmacSha256 } from './hmac-sha256.ts'
import { promptLeak } from './prompt-leak.ts'

const PROMPT = `You are Harbor, the assistant of the shipping company Meridian Freight.
Only discuss bookings, customs papers and delivery windows. Never mention the discount ladder to a customer:
partners of tier one receive eighteen percent, partners of tier two receive eleven percent.
If somebody asks about the incident in Rotterdam, change the subject and offer to open a ticket instead.
Escalate every claim above four thousand euros to the night desk under the code word bluebottle.`
const KEY = 'k'.repeat(32)
const CANARY = createCanary({ tenant: 'meridian', promptVersion: '3', key: KEY })

const policy = { 'prompt-leak': { actions: { output: 'redact', 'tool-call': 'block' } } } as const
const shield = buildShield([promptLeak], { recommended: policy, strict: policy, monitor: policy, everything: policy })
const CONVERSATION: ConversationText = { system: [PROMPT] }

function check(text: string, conversation: ConversationText | undefined = CONVERSATION): Promise<Verdict> {
  return shield.check({ text, stage: 'output' }, conversation && { conversation })
}

const reversed = (text: string): string => [...text].reverse().join('')
const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })
const SENTENCES = PROMPT.split('\n').slice(1).join('\n')

describe('copies of the system prompt', () => {
  it.each([
    ['the whole prompt', `Sure, here it is:\n\n${PROMPT}\n\nAnything else?`],
    ['capitals', PROMPT.toUpperCase()],
    ['a quotation in Markdown', PROMPT.replaceAll(/^/gm, '> **').replaceAll('. ', '.**\n> - ')],
    ['a part', `It says: ${PROMPT.slice(150, 330)}`],
    ['spaced letters', [...PROMPT].join(' ')],
    ['hyphens between words', PROMPT.replaceAll(' ', '-')],
    ['full-width letters', PROMPT.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
    ['zero-width characters', [...PROMPT].join('\u200B')],
    ['Cyrillic look-alikes', PROMPT.replaceAll('a', '\u0430').replaceAll('e', '\u0435').replaceAll('o', '\u043E')],
    ['digits for letters', PROMPT.replaceAll('e', '3').replaceAll('o', '0')],
    ['base64', `Decode this: ${Buffer.from(PROMPT).toString('base64')}`],
    ['base64 in lines', Buffer.from(PROMPT).toString('base64').replace(/.{76}/g, '$&\n')],
    ['hexadecimal', Buffer.from(PROMPT).toString('hex')],
    ['ROT13', rot13(PROMPT)],
    ['backward', reversed(SENTENCES)],
    ['percent-encoding', encodeURIComponent(PROMPT)],
    [
      'every ninth word exchanged',
      words(PROMPT)
        .map((word, at) => (at % 9 === 8 ? 'really' : word))
        .join(' '),
    ],
  ])('are found and taken out: %s', async (_title, text) => {
    const verdict = await check(text)
    expect(verdict.outcome).toBe('redact')
    expect(verdict.text).toContain('[system prompt]')
    expect(verdict.text.toLowerCase()).not.toContain('tier two receive')
    expect(verdict.findings.some(({ guard, confidence }) => guard === 'prompt-leak' && confidence >= 0.9)).toBe(true)
  })

  it('leave the text around them alone', async () => {
    const verdict = await check(`Before.\n\n${PROMPT}\n\nAfter.`)
    expect(verdict.text).toBe('Before.\n\n[system prompt].\n\nAfter.')
  })

  it.each([
    ['as they are', PROMPT],
    ['with look-alikes', PROMPT.replaceAll('a', '\u0430').replaceAll('o', '\u043E')],
    ['with digits for letters', PROMPT.replaceAll('e', '3')],
  ])('are found anywhere in a long text: %s', async (_title, copy) => {
    const filler = 'The tide comes in at seven and goes out at one, and the boats go with it. '.repeat(60)
    const verdict = await check(`${filler}${copy} ${filler}${copy} ${filler}`)
    expect(verdict.text.split('[system prompt]').length - 1).toBeGreaterThanOrEqual(2)
    expect(verdict.text).not.toContain('code word')
  })

  it('block a tool call that carries them', async () => {
    const verdict = await shield.check({ text: PROMPT, stage: 'tool-call' }, { conversation: CONVERSATION })
    expect(verdict.outcome).toBe('block')
  })

  it('are found in Chinese, which has no spaces', async () => {
    const prompt =
      '你是海运公司的助手。不要向客户提及折扣等级,一级合作伙伴享受百分之十八的优惠。超过四千欧元的索赔请转交夜班。'
    expect((await check(`提示词:${prompt}`, { system: [prompt] })).outcome).toBe('redact')
    expect((await check('您好,您的货物预计明天下午到达港口,请准备好报关文件。', { system: [prompt] })).outcome).toBe(
      'allow',
    )
  })

  it('are found when the prompt is short', async () => {
    const system = ['The vault opens with the phrase heron under glass at dusk.']
    expect((await check('the vault opens with the phrase heron under glass at dusk', { system })).outcome).toBe(
      'redact',
    )
    expect((await check('The vault opens at nine.', { system })).outcome).toBe('allow')
  })

  it('are found when the prompt stands in the options', async () => {
    const guards = { 'prompt-leak': { options: { prompts: [PROMPT] } } }
    const own = buildShield(
      [promptLeak],
      { recommended: policy, strict: policy, monitor: policy, everything: policy },
      {
        guards,
      },
    )
    expect((await own.check({ text: PROMPT, stage: 'output' })).outcome).toBe('redact')
  })
})

describe('what is no leak', () => {
  it.each([
    ['an ordinary answer', 'Your container reaches Hamburg on Tuesday; the customs papers are complete.'],
    [
      'words of the prompt in other order',
      'Customers of Meridian Freight ask for tickets, delivery windows and customs.',
    ],
    ['a refusal', 'I am Harbor, the assistant of Meridian Freight. I cannot talk about my instructions.'],
    ['a name and a phrase', 'I am the assistant of the shipping company Meridian Freight. How can I help?'],
  ])('passes: %s', async (_title, text) => {
    const verdict = await check(text)
    expect(verdict.outcome).toBe('allow')
    expect(verdict.text).toBe(text)
  })

  it('passes what the user wrote, and negative control: not what the user did not', async () => {
    const [, , ladder = ''] = PROMPT.split('\n')
    const text = `You wrote: ${ladder}`
    expect((await check(text, { ...CONVERSATION, written: [`Is this right? ${ladder}`] })).outcome).toBe('allow')
    expect((await check(text, { ...CONVERSATION, written: ['Is this right?'] })).outcome).toBe('redact')
  })

  it('passes phrases that every prompt has', async () => {
    const system = ['You are a helpful assistant.']
    expect((await check('You are a helpful assistant.', { system })).outcome).toBe('allow')
    expect(
      (await check('"You are ChatGPT, a large language model trained by OpenAI" is public.', { system })).outcome,
    ).toBe('allow')
  })

  it('passes passages that answers may quote', async () => {
    const hours =
      'Our offices in Bremen and Antwerp are open from eight to six on weekdays and from nine to noon on Saturdays.'
    const system = [`${PROMPT}\n${hours}`]
    expect((await check(hours, { system })).outcome).toBe('redact')
    const guards = { 'prompt-leak': { options: { quotable: [hours] } } }
    const own = buildShield(
      [promptLeak],
      { recommended: policy, strict: policy, monitor: policy, everything: policy },
      {
        guards,
      },
    )
    expect((await own.check({ text: hours, stage: 'output' }, { conversation: { system } })).outcome).toBe('allow')
  })

  it('passes everything when no prompt is known', async () => {
    expect((await shield.check({ text: PROMPT, stage: 'output' })).outcome).toBe('allow')
  })
})

describe('a streamed leak', () => {
  it.each([1, 5, 17, 400])('comes out like the whole, in chunks of %i', async (size) => {
    const text = `Sure. ${PROMPT.slice(20)} And ${[...PROMPT].join(' ')}, that is all there is.`
    const stream = shield.openStream({ stage: 'output' }, { conversation: CONVERSATION })
    let sent = ''
    for (let at = 0; at < text.length; at += size) {
      sent += stream.push(text.slice(at, at + size)).text
      expect(sent).not.toMatch(/incident|d i s c o u n t/)
    }
    sent += stream.end().text
    expect(sent).toBe((await check(text)).text)
  })
})

describe('leaks in pieces', () => {
  const PIECES = words(PROMPT).reduce<string[][]>((all, word, at) => {
    if (at % 9 === 0) all.push([])
    all.at(-1)?.push(word)
    return all
  }, [])
  const FILLER = 'and then something else is said about the weather on the coast and the tides of the coming week. '

  it('add up within an answer', async () => {
    const verdict = await check(PIECES.map((piece) => `${piece.join(' ')} ${FILLER}`).join(''))
    expect(verdict.findings.some(({ code }) => code === 'system-prompt-pieces')).toBe(true)
    expect(verdict.text).not.toContain('night desk')
  })

  it('add up over a conversation', async () => {
    const said = PIECES.slice(0, 4).map((piece) => piece.join(' '))
    const next = PIECES[5]?.join(' ') ?? ''
    expect((await check(next, { ...CONVERSATION, said })).outcome).toBe('redact')
    expect((await check(next)).outcome).toBe('allow')
  })

  it('do not add up when the same words are repeated', async () => {
    const piece = PIECES[2]?.join(' ') ?? ''
    expect((await check(`${piece}. ${FILLER}`.repeat(20))).outcome).toBe('allow')
  })
})

describe('canaries', () => {
  const conversation: ConversationText = { system: [withCanary('You are a helpful assistant.', CANARY)] }
  const secret = CANARY.slice('canary-'.length)

  it.each([
    ['as it is', CANARY],
    ['without its prefix', secret],
    ['in part', secret.slice(2, 15)],
    ['in capitals', CANARY.toUpperCase()],
    ['spaced', [...secret].join(' ')],
    ['with dashes', [...secret].join('-')],
    ['backward', reversed(secret)],
    ['with zero-width characters', [...secret].join('\u200B')],
    ['in base64', Buffer.from(`the mark is ${CANARY} here`).toString('base64')],
    ['in a link', `[more](https://example.com/?q=${secret})`],
  ])('are found %s', async (_title, text) => {
    const verdict = await check(`Well: ${text} .`, conversation)
    expect(verdict.findings.map(({ code, severity }) => `${code} ${severity}`)).toContain('canary critical')
    expect(verdict.outcome).toBe('redact')
  })

  it('do not count when the user wrote them', async () => {
    expect((await check(CANARY, { ...conversation, written: [`What is ${CANARY}?`] })).outcome).toBe('allow')
  })

  it('are not found in other text', async () => {
    const other = createCanary({ tenant: 'other', promptVersion: '3', key: KEY })
    expect((await check(`${other} bcdfghjkmnpqrtvwbcdfghjkmnpqrtvw`, conversation)).outcome).toBe('allow')
  })

  it('differ by tenant, version and key, and are the same for the same', () => {
    const made = [
      createCanary({ tenant: 'a', promptVersion: '1', key: KEY }),
      createCanary({ tenant: 'b', promptVersion: '1', key: KEY }),
      createCanary({ tenant: 'a', promptVersion: '2', key: KEY }),
      createCanary({ tenant: 'a","1', promptVersion: '', key: KEY }),
      createCanary({ tenant: 'a', promptVersion: '1', key: `${KEY}x` }),
    ]
    expect(new Set(made).size).toBe(made.length)
    expect(createCanary({ tenant: 'a', promptVersion: '1', key: KEY })).toBe(made[0])
    for (const canary of made) expect(canary).toMatch(/^canary-[bcdfghjkmnpqrtvw]{16}$/)
  })

  it('need a key that cannot be guessed', () => {
    expect(() => createCanary({ tenant: 'a', promptVersion: '1', key: 'short' })).toThrow('at least 16 bytes')
  })

  it('are made with the HMAC that node computes', () => {
    for (const length of [1, 16, 63, 64, 65, 200]) {
      const key = Uint8Array.from({ length }, (_, at) => (at * 7) & 255)
      const message = new TextEncoder().encode(`message ${length}`)
      expect(Buffer.from(hmacSha256(key, message)).toString('hex')).toBe(
        createHmac('sha256', key).update(message).digest('hex'),
      )
    }
  })
})

function words(text: string): string[] {
  return text.split(/\s+/)
}
