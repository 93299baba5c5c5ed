import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunkEvent, completion, DONE, fakeUpstream, sendJson, sendStream } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { CARD, joined, readChunks, say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const HTML = '<p onclick="x()">Hello <b>you</b></p><script>y()</script>'

describe('answers made safe for where they end up', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      policy: { preset: 'recommended', guards: { 'output-markdown': { enabled: false } } },
      config: {
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['page', 'query', 'file', 'plain'] }],
        sinks: [
          { model: 'page', route: '/v1/chat/completions', target: 'html' },
          { model: 'query', target: 'sql-literal', dialect: 'mysql' },
          { model: 'file', target: 'path', root: 'reports' },
          { model: 'plain', key: 'another-key', target: 'html' },
        ],
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const ask = async (model: string, content: string): Promise<{ status: number; text: string | undefined }> => {
    upstream.answer((response) => sendJson(response, completion(content)))
    const response = await gateway.chat({ ...say('Hi'), model })
    const body = (await response.json()) as { choices?: { message: { content: string } }[] }
    return { status: response.status, text: body.choices?.[0]?.message.content }
  }
  const stream = async (model: string, content: string) => {
    const pieces = [...content].map((each) => chunkEvent({ content: each }))
    upstream.answer((response) => sendStream(response, [...pieces, chunkEvent({}, { finish: 'stop' }), DONE]))
    const response = await gateway.chat({ ...say('Hi'), model, stream: true })
    const { chunks } = readChunks(await response.text())
    return { text: joined(chunks), last: chunks.at(-1) }
  }

  it.each([
    ['page', HTML, '<p>Hello <b>you</b></p>'],
    ['query', "it's \\ me", "'it''s \\\\ me'"],
    ['query', `card ${CARD}`, "'card [CREDIT_CARD]'"],
    ['file', 'today.txt', 'reports/today.txt'],
    ['plain', HTML, HTML],
  ])('are the same whole and streamed: %s, case %#', async (model, content, expected) => {
    expect(await ask(model, content)).toEqual({ status: 200, text: expected })
    expect((await stream(model, content)).text).toBe(expected)
  })

  it('are safe in every field that is text, also in what the model thought', async () => {
    upstream.answer((response) => sendJson(response, completion('x', { reasoning_content: HTML, refusal: HTML })))
    const whole = await (await gateway.chat({ ...say('Hi'), model: 'page' })).text()
    const pieces = [chunkEvent({ reasoning_content: HTML }), chunkEvent({ refusal: HTML })]
    upstream.answer((response) => sendStream(response, [...pieces, chunkEvent({}, { finish: 'stop' }), DONE]))
    const streamed = await (await gateway.chat({ ...say('Hi'), model: 'page', stream: true })).text()
    for (const text of [whole, streamed]) {
      expect(text.match(/<p>Hello <b>you<\/b><\/p>/g)).toHaveLength(2)
      expect(text).not.toMatch(/onclick|script/)
    }
  })

  it('are refused when no safe form exists, whole and streamed, and the event says so', async () => {
    expect(await ask('file', '../../etc/passwd')).toMatchObject({ status: 400 })
    expect(gateway.events()[0]).toMatchObject({ outcome: 'block', rule: 'sink/path' })
    const { text, last } = await stream('file', '../../etc/passwd')
    expect(text).toBe('')
    expect(last).toMatchObject({ choices: [{ finish_reason: 'content_filter' }], sallyport: { rule: 'sink/path' } })
    expect(JSON.stringify(gateway.events())).not.toContain('passwd')
  })

  it('leave an event when something had to be taken out, and none for encoding alone', async () => {
    await ask('page', HTML)
    expect(gateway.events()[0]).toMatchObject({ type: 'policy_violation', outcome: 'redact', guard: 'html' })
    const before = gateway.events().length
    await ask('query', "it's fine")
    expect(gateway.events()).toHaveLength(before)
  })
})

describe('the configuration of sinks', () => {
  it.each([
    [{ target: 'html', hosts: ['not a host'] }, 'host'],
    [{ target: 'sql-literal', dialect: 'oracle' }, 'dialect'],
    [{ target: 'path' }, 'folder'],
    [{ target: 'toaster' }, 'html-text'],
  ])('refuses a row that could not work: case %#', async (row, hint) => {
    await expect(testGateway({ config: { sinks: [row as never] } })).rejects.toThrow(hint)
  })
})
