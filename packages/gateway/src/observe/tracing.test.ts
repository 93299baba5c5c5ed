import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { completion, fakeUpstream, sendJson } from '../test-support/fake-upstream.ts'
import type { FakeUpstream } from '../test-support/fake-upstream.ts'
import { CARD, INJECTION, say, testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const headers = { traceparent: `00-${TRACE}-${PARENT}-01` }

const exporter = new InMemorySpanExporter()
let told: FakeUpstream
let untold: FakeUpstream
let gateway: TestGateway

beforeAll(async () => {
  told = await fakeUpstream()
  untold = await fakeUpstream()
  gateway = await testGateway({
    config: {
      upstreams: [
        { name: 'told', baseUrl: told.baseUrl, models: ['up', { name: 'alias', as: 'their-name' }], traceparent: true },
        { name: 'untold', baseUrl: untold.baseUrl, models: ['quiet'] },
      ],
    },
  })
})
afterAll(async () => {
  await gateway.close()
  await told.close()
  await untold.close()
})

const spanNamed = (name: string): ReadableSpan | undefined =>
  exporter.getFinishedSpans().find((span) => span.name === name)

describe('spans of a request', () => {
  beforeEach(() => {
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
  })
  afterEach(() => {
    trace.disable()
    exporter.reset()
  })

  it('join the trace of the caller: request, gates and the call to the model, as the conventions name them', async () => {
    const response = await gateway.chat({ ...say('Hello.'), model: 'alias', max_tokens: 50 }, { headers })
    expect(response.status).toBe(200)
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'POST /v1/chat/completions',
      'chat their-name',
      'sallyport.gate input',
      'sallyport.gate output',
    ])
    for (const span of spans) expect(span.spanContext().traceId).toBe(TRACE)
    const root = spanNamed('POST /v1/chat/completions')
    expect(root?.kind).toBe(SpanKind.SERVER)
    expect(root?.parentSpanContext?.spanId).toBe(PARENT)
    expect(root?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/chat/completions',
      'http.response.status_code': 200,
      'sallyport.request_id': response.headers.get('x-request-id'),
      'sallyport.action': 'allow',
    })
    const call = spanNamed('chat their-name')
    expect(call?.kind).toBe(SpanKind.CLIENT)
    expect(call?.parentSpanContext?.spanId).toBe(root?.spanContext().spanId)
    expect(call?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'told',
      'gen_ai.request.model': 'their-name',
      'gen_ai.request.max_tokens': 50,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': expect.any(Number) as number,
      'gen_ai.usage.output_tokens': expect.any(Number) as number,
    })
    expect(spanNamed('sallyport.gate input')?.attributes).toEqual({
      'sallyport.gate': 'input',
      'sallyport.action': 'allow',
    })
  })

  it('have the trace id that the events have, also when the caller brings none', async () => {
    const response = await gateway.chat(say(`My card is ${CARD}.`))
    const traceId = spanNamed('POST /v1/chat/completions')?.spanContext().traceId
    expect(new Set(gateway.trail(response).map((event) => event.traceId))).toEqual(new Set([traceId]))
    expect(spanNamed('sallyport.gate input')?.attributes['sallyport.action']).toBe('redact')
  })

  it('hold no text: neither of the prompt, nor of the answer, nor of a fault', async () => {
    told.answer((response) => sendJson(response, completion(`Their card is ${CARD}.`)))
    await gateway.chat({ ...say(`Remember the marmalade. My card is ${CARD}.`), user: 'paddington' })
    await gateway.chat(say(INJECTION))
    told.answer((response) => response.writeHead(500).end('secret-of-the-upstream'))
    await gateway.chat(say('Hello.'))
    told.answer((response) => sendJson(response, completion('ok')))
    const text = JSON.stringify(
      exporter.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    )
    expect(text).toContain('gen_ai.operation.name')
    for (const content of ['marmalade', CARD, 'instructions', 'paddington', 'secret-of', gateway.clientKey]) {
      expect(text).not.toContain(content)
    }
  })

  it('say what failed: a call by the error, a refusal without being an error of the server', async () => {
    told.answer((response) => response.writeHead(500).end())
    expect((await gateway.chat(say('Hello.'))).status).toBe(502)
    told.answer((response) => sendJson(response, completion('ok')))
    for (const name of ['chat up', 'POST /v1/chat/completions']) {
      expect(spanNamed(name)?.status.code).toBe(SpanStatusCode.ERROR)
      expect(spanNamed(name)?.attributes['error.type']).toBe('upstream_error')
    }
    exporter.reset()
    expect((await gateway.chat(say(INJECTION))).status).toBe(400)
    expect(spanNamed('chat up')).toBeUndefined()
    expect(spanNamed('POST /v1/chat/completions')?.status.code).toBe(SpanStatusCode.UNSET)
    expect(spanNamed('POST /v1/chat/completions')?.attributes).toMatchObject({
      'error.type': 'content_filter',
      'sallyport.action': 'block',
    })
  })

  it('of a stream end with it', async () => {
    const response = await gateway.chat({ model: 'demo', stream: true, ...say('Hello.') })
    await response.text()
    expect(spanNamed('chat demo')?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
      'gen_ai.usage.output_tokens': expect.any(Number) as number,
    })
    expect(spanNamed('POST /v1/chat/completions')?.attributes['http.response.status_code']).toBe(200)
  })

  it('go on at an upstream only where the configuration says so', async () => {
    await gateway.chat({ ...say('Hello.') }, { headers })
    await gateway.chat({ ...say('Hello.'), model: 'quiet' }, { headers })
    const call = spanNamed('chat up')
    expect(told.seen.at(-1)?.headers['traceparent']).toBe(`00-${TRACE}-${call?.spanContext().spanId}-01`)
    expect(untold.seen.at(-1)?.headers['traceparent']).toBeUndefined()
  })
})

describe('without a tracer in the process', () => {
  it('a request has no spans, and the trace still goes on where the configuration says so', async () => {
    await gateway.chat(say('Hello.'), { headers })
    expect(exporter.getFinishedSpans()).toEqual([])
    const sent = told.seen.at(-1)?.headers['traceparent']
    expect(sent).toMatch(new RegExp(`^00-${TRACE}-(?!0{16})[0-9a-f]{16}-01$`))
    expect(sent).not.toContain(PARENT)
  })
})
