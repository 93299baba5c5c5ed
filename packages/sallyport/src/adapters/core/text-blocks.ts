import type { OutputStream, StreamStep } from '../../stream/output-stream.ts'
import type { GatedCall } from './gated-call.ts'
import type { Place } from './read-texts.ts'

/** Characters of earlier blocks that a later one is read together with: what is split over two shows only then. */
const TAIL = 320
/** Characters of one held block. */
const MAX_HELD = 4_000_000

const OUTPUT: Place = { stage: 'output', origin: 'model' }

/**
 * The growing texts of one answer. The first block is given out while it grows. A later one waits for its end, because it
 * has to be read together with what was sent, as does every block of JSON: only a whole one can be edited and stay JSON.
 */
export class TextBlocks {
  readonly #call: GatedCall
  readonly #json: boolean
  readonly #held = new Map<string, string>()
  #first: { readonly id: string; readonly stream: OutputStream } | undefined
  #tail = ''
  #length = 0
  /** Whether any block is not as the model wrote it. */
  edited = false

  constructor(call: GatedCall, { json = false }: { readonly json?: boolean } = {}) {
    this.#call = call
    this.#json = json
  }

  /**
   * Takes a piece and gives back what may be sent of it.
   *
   * @throws GateRefusal
   */
  async push(id: string, piece: string): Promise<string> {
    if (!this.#json) {
      this.#first ??= { id, stream: this.#call.openText() }
      if (this.#first.id === id) return this.#take(this.#first.stream.push(piece))
    }
    this.#length += piece.length
    if (this.#length > MAX_HELD) await this.#call.refuse('answer', 'The answer is longer than can be held back.')
    this.#held.set(id, (this.#held.get(id) ?? '') + piece)
    return ''
  }

  /**
   * Ends a block and gives back what was held of it.
   *
   * @throws GateRefusal
   */
  async close(id: string): Promise<string> {
    if (this.#first?.id === id) return this.#take(this.#first.stream.end())
    const text = this.#held.get(id) ?? ''
    this.#held.delete(id)
    if (text === '') return ''
    const place = this.#json ? ({ ...OUTPUT, as: 'json' } as const) : OUTPUT
    const { value } = await this.#call.answer([this.#tail, text] as const, OUTPUT, (key) =>
      key === '1' ? place : OUTPUT,
    )
    if (value[1] !== text) this.edited = true
    return this.#keep(value[1])
  }

  /** Ends every block that is still open; gives back what each held. */
  async closeAll(): Promise<{ readonly id: string; readonly text: string }[]> {
    const rest: { id: string; text: string }[] = []
    for (const id of [...(this.#first ? [this.#first.id] : []), ...this.#held.keys()]) {
      const text = await this.close(id)
      if (text !== '') rest.push({ id, text })
    }
    return rest
  }

  async #take(step: StreamStep): Promise<string> {
    if (this.#call.noteStep(step)) this.edited = true
    if (step.denied !== undefined) await this.#call.refuse('answer', step.denied)
    return this.#keep(step.text)
  }

  #keep(text: string): string {
    this.#tail = (this.#tail + text).slice(-TAIL)
    return text
  }
}
