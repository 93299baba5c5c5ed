import { GateRefusal } from '../core/gate-refusal.ts'
import type { GatedCall } from '../core/gated-call.ts'
import { ChoiceGate } from './choice-gate.ts'
import { type Json, listOf } from './chat-json.ts'
import { ANSWER, answerPlace } from './places.ts'

/**
 * Puts the chunks of a streamed answer through the gates. A refusal ends every open choice with the finish reason
 * `content_filter`.
 */
export async function* gateChatStream(
  chunks: AsyncIterable<Json>,
  call: GatedCall,
  json: boolean,
): AsyncGenerator<Json> {
  const choices = new Map<number, ChoiceGate>()
  let head: Json = { object: 'chat.completion.chunk' }
  const chunkOf = (choice: Json): Json => ({ ...head, choices: [choice] })
  try {
    for await (const chunk of chunks) {
      const { choices: pieces, usage, ...fields } = chunk
      const { value } = await call.answer(fields, ANSWER, answerPlace)
      head = value
      for (const piece of listOf(pieces)) {
        const index = Number(piece['index'] ?? 0)
        let choice = choices.get(index)
        if (!choice) choices.set(index, (choice = new ChoiceGate(index, call, json)))
        for await (const gated of choice.take(piece)) yield chunkOf(gated)
      }
      // Usage comes alone or with the last piece; once is enough.
      if (listOf(pieces).length === 0 || (usage !== undefined && usage !== null)) {
        yield { ...head, choices: [], ...(usage !== undefined && { usage }) }
      }
    }
    for (const choice of choices.values()) for await (const gated of choice.finish()) yield chunkOf(gated)
    await call.end()
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    const open = [...choices.values()].filter(({ isOver }) => !isOver)
    const indexes = open.length > 0 ? open.map(({ index }) => index) : [choices.size]
    yield {
      ...head,
      choices: indexes.map((index) => ({ index, delta: {}, finish_reason: 'content_filter' })),
      sallyport: { reason: error.message, request_id: error.requestId },
    }
  }
}
