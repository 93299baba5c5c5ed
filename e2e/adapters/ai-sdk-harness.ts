import type { Shield } from 'sallyport'
import type { Asked, Guarded, Harness, Mode, Observed, Scripted } from './cases.ts'
import { SEARCH, settingsOf } from './cases.ts'

/** The functions of the AI SDK that are used, so that one harness serves both of its versions. */
export interface Sdk {
  generateText(options: never): PromiseLike<SdkResult>
  streamText(options: never): SdkStream
  jsonSchema(schema: never): unknown
  /** A model that answers as scripted and notes what it was asked. */
  mockModel(script: Scripted, sent: string[]): object
  /** The same model inside the gates. */
  guard(model: object, settings: { readonly shield?: Shield }): object
}

interface SdkResult {
  readonly text: string
  readonly toolCalls: readonly { readonly toolName: string; readonly input: unknown }[]
  readonly finishReason: string
  readonly usage: unknown
}

interface SdkStream {
  readonly fullStream: AsyncIterable<{ readonly type: string; readonly [field: string]: unknown }>
  readonly usage: PromiseLike<unknown>
  readonly finishReason: PromiseLike<string>
}

/** Spec v3 and v4 count tokens alike. */
export const USAGE = {
  inputTokens: { total: 11, noCache: 11, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 7, text: 7, reasoning: undefined },
}

export function finishOf(script: Scripted): { unified: 'stop' | 'tool-calls'; raw: string } {
  return script.toolCalls ? { unified: 'tool-calls', raw: 'tool_calls' } : { unified: 'stop', raw: 'stop' }
}

export function contentOf(script: Scripted): object[] {
  const calls = (script.toolCalls ?? []).map(({ id, name, arguments: input }) => ({
    type: 'tool-call',
    toolCallId: id,
    toolName: name,
    input,
  }))
  return [...(script.text === '' ? [] : [{ type: 'text', text: script.text }]), ...calls]
}

export function streamPartsOf(script: Scripted): object[] {
  const calls = (script.toolCalls ?? []).flatMap(({ id, name, arguments: input }) => [
    { type: 'tool-input-start', id, toolName: name },
    ...pieces(input, script.chunk).map((delta) => ({ type: 'tool-input-delta', id, delta })),
    { type: 'tool-input-end', id },
    { type: 'tool-call', toolCallId: id, toolName: name, input },
  ])
  return [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', id: 'r-1', modelId: 'mock', timestamp: new Date(0) },
    { type: 'text-start', id: 't-1' },
    ...pieces(script.text, script.chunk).map((delta) => ({ type: 'text-delta', id: 't-1', delta })),
    { type: 'text-end', id: 't-1' },
    ...calls,
    { type: 'finish', finishReason: finishOf(script), usage: USAGE },
  ]
}

export function pieces(text: string, size = 7): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
}

export function aiSdkHarness(name: string, sdk: Sdk): Harness {
  return { name, tools: true, ask: (...asked) => ask(sdk, ...asked) }
}

async function ask(sdk: Sdk, asked: Asked, scripted: Scripted, mode: Mode, guarded: Guarded): Promise<Observed> {
  const sent: string[] = []
  const plain = sdk.mockModel(scripted, sent)
  const options = {
    model: guarded ? sdk.guard(plain, settingsOf(guarded)) : plain,
    maxRetries: 0,
    tools: {
      [SEARCH.name]: { description: SEARCH.description, inputSchema: sdk.jsonSchema(SEARCH.parameters as never) },
    },
    messages: messagesOf(asked),
    ...(asked.system !== undefined && { system: asked.system }),
  } as never
  try {
    if (mode === 'whole') {
      const { text, toolCalls, finishReason, usage } = await sdk.generateText(options)
      return { sent, refused: false, text, toolCalls: toolCalls.map(callOf), finish: finishReason, usage }
    }
    const stream = sdk.streamText({ ...(options as object), onError: () => undefined } as never)
    let text = ''
    let inputs = ''
    const toolCalls: { name: string; arguments: unknown }[] = []
    for await (const part of stream.fullStream) {
      if (part.type === 'text-delta') text += String(part['text'])
      if (part.type === 'tool-input-delta') inputs += String(part['delta'])
      if (part.type === 'tool-call') toolCalls.push({ name: String(part['toolName']), arguments: part['input'] })
      if (part.type === 'error') throw part['error']
    }
    const written = (scripted.toolCalls ?? []).map((call) => call.arguments).join('')
    const finish = await stream.finishReason
    if (toolCalls.length > 0 && inputs !== written) throw new Error('The streamed arguments are not those of the call.')
    return { sent, refused: finish === 'content-filter', text, toolCalls, finish, usage: await stream.usage }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'GateRefusal') throw error
    return { sent, refused: true, text: '', toolCalls: [], finish: undefined, usage: undefined }
  }
}

function callOf({ toolName, input }: { readonly toolName: string; readonly input: unknown }): {
  name: string
  arguments: unknown
} {
  return { name: toolName, arguments: input }
}

function messagesOf({ user, toolResult }: Asked): object[] {
  const question = { role: 'user', content: user }
  if (toolResult === undefined) return [question]
  const ids = { toolCallId: 'call_0', toolName: toolResult.name }
  return [
    question,
    { role: 'assistant', content: [{ type: 'tool-call', ...ids, input: toolResult.input }] },
    { role: 'tool', content: [{ type: 'tool-result', ...ids, output: { type: 'json', value: toolResult.result } }] },
  ]
}
