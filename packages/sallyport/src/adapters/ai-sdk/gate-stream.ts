import { GateRefusal } from '../core/gate-refusal.ts'
import type { GatedCall } from '../core/gated-call.ts'
import { TextBlocks } from '../core/text-blocks.ts'
import { callsOf } from './gate-generate.ts'
import type { AnswerPart } from './model-shape.ts'
import { answerPlace, OUTPUT_CONTENT } from './places.ts'

/** Ends an answer that was refused. Nobody knows what the rest would have cost. */
export const REFUSED_FINISH: AnswerPart = {
  type: 'finish',
  finishReason: { unified: 'content-filter', raw: 'content_filter' },
  usage: {
    inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: undefined, text: undefined, reasoning: undefined },
  },
}

/** Characters of tool input that wait for their call. */
const MAX_HELD = 4_000_000

/**
 * Puts a streamed answer through the gates. What is sent is always a prefix of the gated whole: texts wait until nothing
 * in them can still become a match, the input of a tool until its call is judged. A refusal ends the stream with the
 * finish reason `content-filter`.
 */
export function gateStream(
  stream: ReadableStream<AnswerPart>,
  call: GatedCall,
  json: boolean,
): ReadableStream<AnswerPart> {
  const parts = gateParts(stream, call, json)
  return new ReadableStream<AnswerPart>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

async function* gateParts(
  stream: ReadableStream<AnswerPart>,
  call: GatedCall,
  json: boolean,
): AsyncGenerator<AnswerPart, undefined> {
  const answer = new AnswerStream(call, json)
  const reader = stream.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield* answer.take(value)
    }
    ended = true
    yield* answer.flush()
    await call.end()
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    yield* answer.openBlocks()
    yield REFUSED_FINISH
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
  return undefined
}

/** One answer on its way through the gates. */
class AnswerStream {
  readonly #call: GatedCall
  readonly #texts: TextBlocks
  readonly #reasonings: TextBlocks
  readonly #open = new Map<string, 'text' | 'reasoning'>()
  /** The input of tools, by the id of the call. */
  readonly #inputs = new Map<string, AnswerPart[]>()
  readonly #calls: AnswerPart[] = []
  #held = 0
  #edited = false

  constructor(call: GatedCall, json: boolean) {
    this.#call = call
    this.#texts = new TextBlocks(call, { json })
    this.#reasonings = new TextBlocks(call)
  }

  async *take(part: AnswerPart): AsyncGenerator<AnswerPart> {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.#open.set(String(part['id']), part.type === 'text-start' ? 'text' : 'reasoning')
        yield* this.#withMetadata(part)
        break
      case 'text-delta':
      case 'reasoning-delta': {
        const text = await this.#blocks(part.type).push(String(part['id']), String(part['delta']))
        if (text !== '') yield* this.#withMetadata({ ...part, delta: text })
        break
      }
      case 'text-end':
      case 'reasoning-end':
        yield* this.#close(String(part['id']))
        yield* this.#judged(part)
        break
      case 'tool-input-start':
      case 'tool-input-delta':
      case 'tool-input-end':
        await this.#hold(part)
        break
      case 'tool-call':
        yield* this.#toolCall(part)
        break
      case 'finish':
        yield* this.flush()
        yield* this.#withMetadata(part)
        break
      case 'stream-start':
      case 'response-metadata':
      case 'error':
      case 'ping':
        yield part
        break
      case 'raw':
        break
      default:
        yield* this.#judged(part)
    }
  }

  /** Ends what is still open. */
  async *flush(): AsyncGenerator<AnswerPart> {
    for (const id of this.#open.keys()) yield* this.#close(id)
    this.#inputs.clear()
  }

  /** The ends of the blocks that a refusal leaves open. */
  *openBlocks(): Generator<AnswerPart> {
    for (const [id, kind] of this.#open) yield { type: `${kind}-end`, id }
    this.#open.clear()
  }

  async *#close(id: string): AsyncGenerator<AnswerPart> {
    const kind = this.#open.get(id)
    if (kind === undefined) return
    const text = await this.#blocks(kind).close(id)
    if (text !== '') yield { type: `${kind}-delta`, id, delta: text }
    this.#open.delete(id)
  }

  #blocks(type: string): TextBlocks {
    return type.startsWith('text') ? this.#texts : this.#reasonings
  }

  async #hold(part: AnswerPart): Promise<void> {
    const id = String(part['id'])
    const held = this.#inputs.get(id) ?? []
    held.push(part)
    this.#inputs.set(id, held)
    this.#held += typeof part['delta'] === 'string' ? part['delta'].length : 0
    if (this.#held > MAX_HELD) await this.#call.refuse('tool-call', 'The input of a tool does not end.')
  }

  /** Judges a call together with the earlier ones, then sends its input and the call. */
  async *#toolCall(part: AnswerPart): AsyncGenerator<AnswerPart> {
    const id = String(part['toolCallId'])
    const { value } = await this.#call.toolCalls([...this.#calls, part], OUTPUT_CONTENT, answerPlace, (parts) =>
      callsOf(parts.slice(-1)),
    )
    const gated = value.at(-1) ?? part
    if (gated !== part) this.#edited = true
    this.#calls.push(gated)
    const held = this.#inputs.get(id) ?? []
    this.#inputs.delete(id)
    const written = held.map(({ delta }) => (typeof delta === 'string' ? delta : '')).join('')
    if (gated === part && written === part['input']) {
      for (const piece of held)
        yield* this.#withMetadata(piece['toolName'] === undefined ? piece : { ...piece, toolName: gated['toolName'] })
    } else if (held.length > 0) {
      yield { type: 'tool-input-start', id, toolName: gated['toolName'] }
      yield { type: 'tool-input-delta', id, delta: String(gated['input']) }
      yield { type: 'tool-input-end', id }
    }
    yield* this.#withMetadata(gated)
  }

  async *#judged(part: AnswerPart): AsyncGenerator<AnswerPart> {
    const { value, edited } = await this.#call.answer([part] as const, OUTPUT_CONTENT, answerPlace)
    if (edited) this.#edited = true
    yield* this.#withMetadata(value[0])
  }

  /** What the provider says besides may repeat the text: it stays only if no gate would touch it, and none touched the text. */
  async *#withMetadata(part: AnswerPart): AsyncGenerator<AnswerPart> {
    const { providerMetadata, ...rest } = part
    if (providerMetadata === undefined) {
      yield part
      return
    }
    const edited = this.#edited || this.#texts.edited || this.#reasonings.edited
    yield !edited && (await this.#call.isClean(providerMetadata)) ? part : { ...rest, type: part.type }
  }
}
