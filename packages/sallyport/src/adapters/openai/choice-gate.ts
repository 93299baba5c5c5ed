import type { GatedCall } from '../core/gated-call.ts'
import { TextBlocks } from '../core/text-blocks.ts'
import { callsOf, isJson, type Json, listOf } from './chat-json.ts'
import { ANSWER, answerPlace } from './places.ts'

interface HeldCall {
  readonly index: number
  id: string
  type: string
  name: string
  input: string
}

/** Characters of tool calls of one choice: they wait until they are complete. */
const MAX_HELD = 4_000_000

/** One choice of a streamed answer on its way through the gates. */
export class ChoiceGate {
  readonly index: number
  readonly #call: GatedCall
  readonly #json: boolean
  readonly #texts = new Map<string, TextBlocks>()
  readonly #calls = new Map<number, HeldCall>()
  readonly #logprobs: Json[] = []
  #legacy: HeldCall | undefined
  #held = 0
  #callsEdited = false
  isOver = false

  constructor(index: number, call: GatedCall, json: boolean) {
    this.index = index
    this.#call = call
    this.#json = json
  }

  /**
   * Takes a piece and gives back the pieces that may be sent, in order.
   *
   * @throws GateRefusal
   */
  async *take(choice: Json): AsyncGenerator<Json> {
    // What comes after the finish is not part of the answer.
    if (this.isOver) return
    const { logprobs, finish_reason: finish } = choice
    if (isJson(logprobs)) this.#logprobs.push(logprobs)
    const delta = await this.#gateDelta(isJson(choice['delta']) ? choice['delta'] : {})
    if (typeof finish !== 'string') {
      yield { ...choice, delta, ...(logprobs !== undefined && { logprobs: null }) }
      return
    }
    if (Object.keys(delta).length > 0) yield { index: this.index, delta, finish_reason: null }
    yield* this.finish()
    const tokens = await this.#tokens()
    yield { ...choice, delta: {}, ...(tokens !== undefined && { logprobs: tokens }) }
  }

  /** Sends what is still held. */
  async *finish(): AsyncGenerator<Json> {
    if (this.isOver) return
    for (const [field, blocks] of this.#texts) {
      const text = await blocks.close(field)
      if (text !== '') yield this.#piece({ [field]: text })
    }
    const calls = await this.#gateCalls()
    if (calls) yield this.#piece(calls)
    this.isOver = true
  }

  async #gateDelta(delta: Json): Promise<Json> {
    const gated: Record<string, unknown> = {}
    for (const [field, value] of Object.entries(delta)) {
      if (field === 'tool_calls') for (const piece of listOf(value)) await this.#hold(piece)
      else if (field === 'function_call') await this.#holdLegacy(value)
      else if (field === 'role' || value === null) gated[field] = value
      else if (typeof value === 'string') {
        const text = await this.#blocks(field).push(field, value)
        if (text !== '' || value === '') gated[field] = text
      } else {
        const answer = await this.#call.answer({ [field]: value }, ANSWER, answerPlace)
        gated[field] = answer.value[field]
      }
    }
    return gated
  }

  #blocks(field: string): TextBlocks {
    let blocks = this.#texts.get(field)
    if (!blocks) {
      blocks = new TextBlocks(this.#call, { json: this.#json && field === 'content' })
      this.#texts.set(field, blocks)
    }
    return blocks
  }

  async #hold(piece: Json): Promise<void> {
    const index = Number(piece['index'] ?? 0)
    let held = this.#calls.get(index)
    if (!held) this.#calls.set(index, (held = { index, id: '', type: 'function', name: '', input: '' }))
    if (held.id === '' && typeof piece['id'] === 'string') held.id = piece['id']
    if (typeof piece['type'] === 'string') held.type = piece['type']
    await this.#grow(held, piece['function'] ?? piece['custom'])
  }

  async #holdLegacy(piece: unknown): Promise<void> {
    this.#legacy ??= { index: 0, id: '', type: 'function', name: '', input: '' }
    await this.#grow(this.#legacy, piece)
  }

  async #grow(held: HeldCall, piece: unknown): Promise<void> {
    if (!isJson(piece)) return
    const { name, arguments: args, input } = piece
    // Some upstreams repeat the name with every piece, some send it once.
    if (typeof name === 'string' && name !== held.name) held.name += name
    for (const text of [args, input]) if (typeof text === 'string') held.input += text
    this.#held += held.name.length + (typeof args === 'string' ? args.length : 0)
    if (this.#held > MAX_HELD) await this.#call.refuse('tool-call', 'A tool call does not end.')
  }

  async #gateCalls(): Promise<Json | undefined> {
    if (this.#calls.size === 0 && !this.#legacy) return undefined
    const calls = [...this.#calls.values()].sort((a, b) => a.index - b.index).map(callJson)
    const message: Json = {
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(this.#legacy && { function_call: { name: this.#legacy.name, arguments: this.#legacy.input } }),
    }
    const judged = await this.#call.toolCalls(message, ANSWER, answerPlace, (value) => callsOf([value]))
    this.#callsEdited = judged.edited
    return judged.value
  }

  /** They come with the finish: a token must not tell what the text still holds back. */
  async #tokens(): Promise<Json | null | undefined> {
    if (this.#logprobs.length === 0) return undefined
    const edited = this.#callsEdited || [...this.#texts.values()].some((blocks) => blocks.edited)
    const joined = Object.fromEntries(
      ['content', 'refusal'].map((field) => {
        const tokens = this.#logprobs.flatMap((logprobs) => listOf(logprobs[field]))
        return [field, tokens.length > 0 ? tokens : null]
      }),
    )
    return edited || !(await this.#call.isClean(joined)) ? null : joined
  }

  #piece(delta: Json): Json {
    return { index: this.index, delta, finish_reason: null }
  }
}

function callJson({ index, id, type, name, input }: HeldCall): Json {
  return type === 'custom'
    ? { index, id, type, custom: { name, input } }
    : { index, id, type, function: { name, arguments: input } }
}
