import { REQUEST_ID_HEADER, chatChunkSchema } from '@sallyport/gateway/contract'
import { readEventStream } from './event-stream-lines.ts'
import { GatewayError, type GatewayClient } from './gateway-client.ts'

export interface ChatMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

export interface ToolCall {
  readonly name: string
  readonly arguments: string
}

export interface Refusal {
  /** `input` when the question was refused, `output` when the answer was stopped. */
  readonly gate: 'input' | 'output'
  readonly rule: string | undefined
  readonly reason: string
}

/** How an answer stands while it streams and when it ended. */
export interface ChatReply {
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  readonly refusal: Refusal | undefined
  readonly requestId: string | undefined
  /** False while it streams, and for good when the stream broke off. */
  readonly isFinished: boolean
}

export interface ChatRequest {
  readonly model: string
  readonly messages: readonly ChatMessage[]
}

/** Sends a conversation and yields the answer as it grows. A refusal is an answer; other failures throw. */
export async function* streamChat(
  client: GatewayClient,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<ChatReply> {
  let response: Response
  try {
    response = await client.send('POST', '/v1/chat/completions', { ...request, stream: true }, signal)
  } catch (error) {
    const refused = error instanceof GatewayError ? refusalOf(error) : undefined
    if (!refused) throw error
    yield refused
    return
  }
  let reply: ChatReply = {
    text: '',
    toolCalls: [],
    refusal: undefined,
    requestId: response.headers.get(REQUEST_ID_HEADER) ?? undefined,
    isFinished: false,
  }
  if (!response.body) throw new GatewayError('The answer had no body.', response.status)
  for await (const line of readEventStream(response.body)) {
    if (line === '[DONE]') break
    reply = addChunk(reply, parseJson(line))
    yield reply
  }
  if (!reply.isFinished) throw new GatewayError('The answer broke off before its end.', response.status)
}

function refusalOf(error: GatewayError): ChatReply | undefined {
  if (error.body?.code !== 'content_filter') return undefined
  const reason = error.body.reason ?? error.message
  return {
    text: '',
    toolCalls: [],
    refusal: { gate: 'input', rule: error.body.rule, reason },
    requestId: error.body.request_id,
    isFinished: true,
  }
}

function addChunk(reply: ChatReply, value: unknown): ChatReply {
  const parsed = chatChunkSchema.safeParse(value)
  if (!parsed.success) {
    const failure = errorMessageOf(value)
    if (failure !== undefined) throw new GatewayError(failure, 200)
    return reply
  }
  const { choices, sallyport } = parsed.data
  const choice = choices[0]
  const toolCalls = [...reply.toolCalls]
  for (const part of choice?.delta?.tool_calls ?? []) {
    const before = toolCalls[part.index] ?? { name: '', arguments: '' }
    if (part.index > toolCalls.length) continue
    toolCalls[part.index] = {
      name: before.name + (part.function?.name ?? ''),
      arguments: before.arguments + (part.function?.arguments ?? ''),
    }
  }
  const isStopped = choice?.finish_reason === 'content_filter'
  return {
    text: reply.text + (choice?.delta?.content ?? '') + (choice?.delta?.refusal ?? ''),
    toolCalls,
    refusal: isStopped
      ? { gate: 'output', rule: sallyport?.rule, reason: sallyport?.reason ?? 'The output gate stopped this answer.' }
      : reply.refusal,
    requestId: sallyport?.request_id ?? reply.requestId,
    isFinished: reply.isFinished || typeof choice?.finish_reason === 'string',
  }
}

function errorMessageOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('error' in value)) return undefined
  const { error } = value
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  return typeof message === 'string' ? message : 'The gateway reported an error while streaming.'
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
