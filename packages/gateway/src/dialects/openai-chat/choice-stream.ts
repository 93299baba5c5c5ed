import { strongerOutcome } from 'sallyport'
import type { Finding, OutputStream } from 'sallyport'
import type { Outcome, PendingCall } from '../../contract.ts'
import { passageOf } from '../../exchange.ts'
import { GatewayError } from '../../gateway-error.ts'
import { judgeParts } from '../../gates/judge-parts.ts'
import type { Refusal } from '../../gates/refusal.ts'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'
import { readShape } from '../read-shape.ts'
import { areClean, reportSink, TEXT_FIELDS } from './gate-answer.ts'
import type { AnswerOptions } from './gate-answer.ts'
import { alternativeTexts, logprobsMatch } from './logprobs.ts'
import { heldFinish, holdCalls } from './hold-calls.ts'
import { recordToolCalls } from './record-tool-calls.ts'
import { toolCallsShape } from './response-shape.ts'

/** What may be sent after a piece of a choice was taken, and what was found. */
export interface ChoiceDelta {
  /** Entries of `choices` for chunks to send, in order. */
  readonly deltas: readonly JsonObject[]
  readonly findings: readonly Finding[]
  readonly outcome: Outcome
  /** Reason of a text that was denied. */
  readonly denied?: string
  /** Why the tool calls were refused; its events are recorded already. */
  readonly refusal?: Refusal
  /** Tool calls that wait for a person. */
  readonly pending: readonly PendingCall[]
}

/** Each grows as a text of its own and is gated on its own. */
type TextField = (typeof TEXT_FIELDS)[number]

/** Characters of tool calls of one choice: they are held until complete, so they are capped. */
const MAX_HELD = 4_000_000

interface HeldCall {
  id: string
  type: string
  name: string
  input: string
}

/** One choice of a streamed answer on its way through the gate. */
export class ChoiceStream {
  readonly index: number
  readonly #options: AnswerOptions
  readonly #texts = new Map<TextField, OutputStream>()
  readonly #calls = new Map<number, HeldCall>()
  readonly #logprobs = { content: [] as JsonValue[], refusal: [] as JsonValue[] }
  readonly #read = { content: '', refusal: '' }
  #functionCall: HeldCall | undefined
  /** Texts that wait for their end, because a sink needs all of them. The upstream's answer has a cap of its own. */
  readonly #unsent = new Map<TextField, string>()
  #hasLogprobs = false
  #edited = false
  #held = 0
  #started = false
  #finish: string | undefined
  #over = false

  constructor(index: number, options: AnswerOptions) {
    this.index = index
    this.#options = options
  }

  /** True once the upstream said why the choice ended. */
  get isFinished(): boolean {
    return this.#finish !== undefined
  }

  /** True once its last chunk was given out. */
  get isOver(): boolean {
    return this.#over
  }

  /** Takes a piece. What comes after the finish is not part of the answer and ignored. */
  async take(part: JsonObject): Promise<ChoiceDelta> {
    const step = new Step(this.index)
    if (this.#over) return step.result()
    const delta = part['delta'] as JsonObject
    if (!this.#started) {
      this.#started = true
      step.send({ role: 'assistant' })
    }
    this.#keepLogprobs(part['logprobs'])
    for (const field of TEXT_FIELDS) {
      const text = delta[field]
      if (typeof text !== 'string' || text === '') continue
      if (this.#hasLogprobs && (field === 'content' || field === 'refusal')) this.#read[field] += text
      this.#step(step, field, (stream) => stream.push(text))
      if (step.denied !== undefined) return step.result()
    }
    this.#holdCalls(delta)
    const finish = part['finish_reason']
    if (typeof finish !== 'string') return step.result()
    this.#finish = finish
    return this.#end(step)
  }

  /** Ends the choice if the upstream forgot to. */
  async finish(): Promise<ChoiceDelta> {
    return this.#end(new Step(this.index))
  }

  async #end(step: Step): Promise<ChoiceDelta> {
    if (this.#over) return step.result()
    for (const field of this.#texts.keys()) {
      this.#step(step, field, (stream) => stream.end())
      if (step.denied !== undefined) return step.result()
    }
    this.#sink(step)
    if (step.refusal !== undefined) return step.result()
    await this.#gateCalls(step)
    if (step.refusal !== undefined) return step.result()
    const logprobs = await this.#gatedLogprobs()
    this.#over = true
    step.end(this.#finish ?? 'stop', logprobs)
    return step.result()
  }

  #step(step: Step, field: TextField, run: (stream: OutputStream) => ReturnType<OutputStream['push']>): void {
    let stream = this.#texts.get(field)
    if (stream === undefined) {
      const { exchange, shield } = this.#options
      stream = shield.openStream({ stage: 'output', origin: 'model' }, passageOf(exchange))
      this.#texts.set(field, stream)
    }
    const { text, findings, denied } = run(stream)
    if (stream.restored) this.#edited = true
    if (findings.length > 0) {
      step.found(findings)
      if (findings.some(({ action }) => action !== 'monitor')) this.#edited = true
    }
    if (this.#options.sink !== undefined) this.#unsent.set(field, (this.#unsent.get(field) ?? '') + text)
    else if (text !== '') step.send({ [field]: text })
    if (denied !== undefined) step.denied = denied
  }

  /** Sends the texts that waited for their end, made safe for their target. */
  #sink(step: Step): void {
    const { sink } = this.#options
    for (const [field, before] of this.#unsent) {
      if (sink === undefined) return
      const { text, findings, refusal } = sink(before)
      reportSink(this.#options, findings, refusal)
      step.refusal = refusal
      if (refusal !== undefined) return
      if (text !== before) this.#edited = true
      if (text !== '') step.send({ [field]: text })
    }
  }

  #holdCalls(delta: JsonObject): void {
    const calls = delta['tool_calls']
    for (const call of Array.isArray(calls) ? (calls as JsonObject[]) : []) {
      const index = call['index'] as number
      let held = this.#calls.get(index)
      if (held === undefined) this.#calls.set(index, (held = { id: '', type: 'function', name: '', input: '' }))
      if (typeof call['type'] === 'string') held.type = call['type']
      // Some upstreams repeat the id with every piece, some send it once.
      if (held.id === '') held.id = stringOf(call['id'])
      this.#grow(held, call['function'], 'arguments')
      this.#grow(held, call['custom'], 'input')
    }
    const legacy = delta['function_call']
    if (legacy === undefined) return
    this.#functionCall ??= { id: '', type: 'function', name: '', input: '' }
    this.#grow(this.#functionCall, legacy, 'arguments')
  }

  #grow(held: HeldCall, piece: JsonValue | undefined, inputField: 'arguments' | 'input'): void {
    if (typeof piece !== 'object' || piece === null || Array.isArray(piece)) return
    const name = stringOf(piece['name'])
    if (name !== held.name) held.name += name
    const input = stringOf(piece[inputField])
    held.input += input
    this.#held += name.length + input.length
    if (this.#held > MAX_HELD)
      throw new GatewayError('upstream_error', 'The upstream streamed a tool call that does not end.')
  }

  /** Puts the complete calls through the tool-call gate and sends them in one piece. */
  async #gateCalls(step: Step): Promise<void> {
    if (this.#calls.size === 0 && this.#functionCall === undefined) return
    const indexes = [...this.#calls.keys()].sort((a, b) => a - b)
    const json: JsonObject = {
      tool_calls: indexes.map((index) => callJson(this.#calls.get(index) as HeldCall)),
    }
    if (this.#functionCall !== undefined) {
      json['function_call'] = { name: this.#functionCall.name, arguments: this.#functionCall.input }
    }
    const shaped = readShape(toolCallsShape, json, { unknown: 'drop' })
    const judged = await judgeParts(shaped, this.#options)
    step.outcome = strongerOutcome(step.outcome, judged.outcome)
    step.refusal = judged.refusal
    if (judged.refusal !== undefined) {
      recordToolCalls(this.#options, json['tool_calls'], judged.outcome)
      return
    }
    if (judged.edited) this.#edited = true
    const gated = shaped.value as JsonObject
    const held = await holdCalls(gated, this.#options.toolGate)
    step.outcome = strongerOutcome(step.outcome, held.outcome)
    step.refusal = held.refusal
    recordToolCalls(this.#options, json['tool_calls'], strongerOutcome(judged.outcome, held.outcome))
    if (held.refusal !== undefined) return
    if (held.pending.length > 0) {
      step.pending.push(...held.pending)
      this.#finish = stringOf(heldFinish(gated, this.#finish ?? 'stop'))
    }
    const left = (gated['tool_calls'] ?? []) as JsonObject[]
    const calls = left.map((call, at) => ({ index: held.pending.length > 0 ? at : (indexes[at] ?? at), ...call }))
    if (calls.length > 0) step.send({ tool_calls: calls })
    if (gated['function_call'] !== undefined) step.send({ function_call: gated['function_call'] })
  }

  #keepLogprobs(logprobs: JsonValue | undefined): void {
    if (typeof logprobs !== 'object' || logprobs === null || Array.isArray(logprobs)) return
    this.#hasLogprobs = true
    for (const field of ['content', 'refusal'] as const) {
      const tokens = logprobs[field]
      if (Array.isArray(tokens)) for (const token of tokens) this.#logprobs[field].push(token)
    }
  }

  /** They come with the finish: a token must not tell what the text still holds back. */
  async #gatedLogprobs(): Promise<JsonValue> {
    if (!this.#hasLogprobs || this.#edited) return null
    const { content, refusal } = this.#logprobs
    const logprobs: JsonObject = {
      content: content.length > 0 ? content : null,
      refusal: refusal.length > 0 ? refusal : null,
    }
    const clean = logprobsMatch(logprobs, this.#read) && (await areClean(alternativeTexts(logprobs), this.#options))
    return clean ? logprobs : null
  }
}

/** Collects what one step gives out. */
class Step {
  readonly #index: number
  readonly #deltas: JsonObject[] = []
  readonly #findings: Finding[] = []
  readonly pending: PendingCall[] = []
  denied: string | undefined
  refusal: Refusal | undefined
  outcome: Outcome = 'allow'

  constructor(index: number) {
    this.#index = index
  }

  send(delta: JsonObject): void {
    this.#deltas.push({ index: this.#index, delta, logprobs: null, finish_reason: null })
  }

  end(finish: string, logprobs: JsonValue): void {
    this.#deltas.push({ index: this.#index, delta: {}, logprobs, finish_reason: finish })
  }

  found(findings: readonly Finding[]): void {
    this.#findings.push(...findings)
    for (const { action } of findings) this.outcome = strongerOutcome(this.outcome, action)
  }

  result(): ChoiceDelta {
    return {
      deltas: this.#deltas,
      findings: this.#findings,
      outcome: this.outcome,
      pending: this.pending,
      ...(this.denied === undefined ? {} : { denied: this.denied }),
      ...(this.refusal === undefined ? {} : { refusal: this.refusal }),
    }
  }
}

function callJson(call: HeldCall): JsonObject {
  return call.type === 'custom'
    ? { id: call.id, type: 'custom', custom: { name: call.name, input: call.input } }
    : { id: call.id, type: 'function', function: { name: call.name, arguments: call.input } }
}

function stringOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
