import type { Finding, Shield } from 'sallyport'
import { strongerOutcome } from 'sallyport'
import type { Outcome, PendingCall } from '../../contract.ts'
import { GatewayError } from '../../gateway-error.ts'
import { streamRefusal } from '../../gates/refusal.ts'
import type { Refusal } from '../../gates/refusal.ts'
import { reportVerdict } from '../../gates/report-verdict.ts'
import { characters } from '../../limits/count-tokens.ts'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'
import { readShape } from '../read-shape.ts'
import { answerHead } from './answer-head.ts'
import type { AnswerHead } from './answer-head.ts'
import { ChoiceStream } from './choice-stream.ts'
import type { ChoiceDelta } from './choice-stream.ts'
import type { AnswerOptions } from './gate-answer.ts'
import { chatChunkShape } from './response-shape.ts'

export interface StreamEnd {
  readonly outcome: Outcome
  readonly refusal?: Refusal
  /** As the upstream counted, if it did. */
  readonly usage?: JsonValue
  /** What the upstream streamed until then. */
  readonly characters: number
}

export interface StreamOptions extends AnswerOptions {
  readonly shield: Shield
  readonly includeUsage: boolean
  /** Told once, when the stream is over, what came of it. */
  readonly onEnd?: (end: StreamEnd) => void
}

/**
 * Puts a streamed answer through the output gate. What comes out is at every moment a prefix of the gated whole: texts
 * wait until nothing in them can still become a match, tool calls until they are complete, and the finish of a choice
 * until all of it has been sent. When a gate denies, all choices end with `content_filter`.
 */
export async function* gateStream(
  chunks: AsyncIterable<JsonValue>,
  options: StreamOptions,
): AsyncGenerator<JsonObject> {
  const choices = new Map<number, ChoiceStream>()
  const findings: Finding[] = []
  const pending: PendingCall[] = []
  let outcome: Outcome = 'allow'
  // `denial` is a refusal of a text, not yet recorded; that of tool calls is recorded where they are judged.
  let denial: Refusal | undefined
  let refusal: Refusal | undefined
  let head: AnswerHead | undefined
  let usage: JsonValue | undefined
  let streamed = 0

  const chunkOf = (list: readonly JsonValue[]): JsonObject => ({
    ...(head as AnswerHead),
    choices: [...list],
    ...(options.includeUsage ? { usage: null } : {}),
  })
  const take = (delta: ChoiceDelta): JsonObject[] => {
    findings.push(...delta.findings)
    pending.push(...delta.pending)
    outcome = strongerOutcome(outcome, delta.outcome)
    if (delta.denied !== undefined) denial ??= streamRefusal(delta.denied, delta.findings)
    refusal ??= denial ?? delta.refusal
    return delta.deltas.map((entry) => chunkOf([entry]))
  }

  try {
    try {
      for await (const raw of chunks) {
        const chunk = readChunk(raw)
        head ??= await answerHead(chunk, {
          ...options,
          requestId: options.exchange.requestId,
          object: 'chat.completion.chunk',
        })
        if (chunk['usage'] !== undefined && chunk['usage'] !== null) usage = chunk['usage']
        streamed += characters(chunk['choices'])
        for (const part of chunk['choices'] as JsonObject[]) {
          const index = part['index'] as number
          if (index >= options.choices) throw malformed()
          let choice = choices.get(index)
          if (choice === undefined) choices.set(index, (choice = new ChoiceStream(index, options)))
          yield* take(await choice.take(part))
          if (refusal !== undefined) break
        }
        if (refusal !== undefined) break
      }
    } catch (error) {
      // An upstream that closes without `[DONE]` after every choice was finished has said all it had to say.
      const finished = choices.size > 0 && [...choices.values()].every((choice) => choice.isFinished)
      if (!finished || !(error instanceof GatewayError) || error.code !== 'upstream_error') throw error
    }
    if (head === undefined || choices.size === 0) throw malformed()
    for (const choice of choices.values()) {
      if (refusal !== undefined) break
      yield* take(await choice.finish())
    }
    if (refusal !== undefined) yield refusedChunk(choices, chunkOf, refusal, options)
    if (pending.length > 0 && refusal === undefined) {
      yield { ...chunkOf([]), sallyport: { pending } as unknown as JsonObject }
    }
    if (options.includeUsage && usage !== undefined) yield { ...head, choices: [], usage }
  } finally {
    reportVerdict(options.events, options.exchange, {
      outcome,
      findings,
      stageOf: () => 'output',
      model: options.model,
      ...(denial === undefined ? {} : { refusal: denial }),
    })
    options.onEnd?.({
      outcome: refusal === undefined ? outcome : 'block',
      ...(refusal === undefined ? {} : { refusal }),
      ...(usage === undefined ? {} : { usage }),
      characters: streamed,
    })
  }
}

function readChunk(raw: JsonValue): JsonObject {
  try {
    return readShape(chatChunkShape, raw, { unknown: 'drop' }).value as JsonObject
  } catch {
    throw malformed()
  }
}

function malformed(): GatewayError {
  return new GatewayError('upstream_error', 'The upstream streamed something that is no chat completion.')
}

/** Ends every choice that is still open. `sallyport` says why; clients that do not know the field ignore it. */
function refusedChunk(
  choices: ReadonlyMap<number, ChoiceStream>,
  chunkOf: (list: readonly JsonValue[]) => JsonObject,
  refusal: Refusal,
  options: StreamOptions,
): JsonObject {
  const open = [...choices.values()].filter((choice) => !choice.isOver)
  const ends = open.map((choice) => ({
    index: choice.index,
    delta: {},
    logprobs: null,
    finish_reason: 'content_filter',
  }))
  const why: JsonObject = { reason: refusal.reason, request_id: options.exchange.requestId }
  if (refusal.rule !== undefined) why['rule'] = refusal.rule
  return { ...chunkOf(ends), sallyport: why }
}
