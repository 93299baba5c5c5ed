import { AIMessageChunk } from '@langchain/core/messages'
import { ChatGenerationChunk } from '@langchain/core/outputs'
import { GateRefusal } from '../core/gate-refusal.ts'
import type { GatedCall } from '../core/gated-call.ts'
import { TextBlocks } from '../core/text-blocks.ts'
import { gateAnswer } from './gate-messages.ts'

/**
 * Puts the chunks of a streamed answer through the gates. Text grows behind its gate; tool calls and everything else wait
 * for the end and come in one chunk. A refusal ends the stream with the finish reason `content_filter`.
 */
export async function* gateChunks(
  chunks: AsyncIterable<ChatGenerationChunk>,
  call: GatedCall,
): AsyncGenerator<ChatGenerationChunk> {
  const texts = new TextBlocks(call)
  let rest: AIMessageChunk | undefined
  try {
    for await (const chunk of chunks) {
      const message = chunk.message as AIMessageChunk
      const content: unknown[] = []
      const held: unknown[] = []
      for (const [at, block] of blocksOf(message.content).entries()) {
        if (block['type'] !== 'text' || typeof block['text'] !== 'string') {
          held.push(block)
          continue
        }
        const text = await texts.push(String(block['index'] ?? at), block['text'])
        if (text !== '') content.push({ ...block, text })
      }
      const isString = typeof message.content === 'string'
      const { logprobs: _dropped, ...metadata } = message.response_metadata
      const { logprobs: _too, ...info } = chunk.generationInfo ?? {}
      if (content.length > 0) {
        yield chunkOf(isString ? textOf(content) : content, message.id === undefined ? {} : { id: message.id })
      }
      const left = new AIMessageChunk({
        content: (isString ? '' : held) as never,
        ...(message.id !== undefined && { id: message.id }),
        ...(message.usage_metadata !== undefined && { usage_metadata: message.usage_metadata }),
        additional_kwargs: message.additional_kwargs,
        // The finish reason is among it, and not known before the last gate: pieces are joined, not replaced.
        response_metadata: { ...info, ...metadata },
        ...((message.tool_call_chunks ?? []).length > 0
          ? { tool_call_chunks: message.tool_call_chunks ?? [] }
          : { tool_calls: message.tool_calls ?? [], invalid_tool_calls: message.invalid_tool_calls ?? [] }),
      })
      rest = rest ? rest.concat(left) : left
    }
    for (const { id, text } of await texts.closeAll()) {
      yield chunkOf(Array.isArray(rest?.content) ? [{ type: 'text', text, index: Number(id) }] : text, {})
    }
    if (rest) {
      const gated = await gateAnswer(rest, call)
      yield new ChatGenerationChunk({ message: gated, text: '' })
    }
    await call.end()
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    yield chunkOf('', {
      response_metadata: { finish_reason: 'content_filter', sallyport: { reason: error.message, id: error.requestId } },
    })
  }
}

function chunkOf(content: unknown, fields: object): ChatGenerationChunk {
  const message = new AIMessageChunk({ content: content as never, ...fields })
  return new ChatGenerationChunk({
    message,
    text: typeof content === 'string' ? content : textOf(content as unknown[]),
  })
}

function blocksOf(content: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return Array.isArray(content) ? (content as Readonly<Record<string, unknown>>[]) : []
}

function textOf(blocks: readonly unknown[]): string {
  return (blocks as readonly { readonly text?: unknown }[])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
}
