import type { Finding } from 'sallyport'
import { strongerOutcome } from 'sallyport'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'
import { passageOf } from '../../exchange.ts'
import { GatewayError } from '../../gateway-error.ts'
import { judgeParts } from '../../gates/judge-parts.ts'
import type { AnswerSink } from '../../gates/answer-sink.ts'
import type { Judged } from '../../gates/judge-parts.ts'
import type { Refusal } from '../../gates/refusal.ts'
import { reportVerdict } from '../../gates/report-verdict.ts'
import type { LabelCheck } from '../../gates/label-check.ts'
import type { JudgeOptions } from '../../gates/judge-parts.ts'
import type { ToolGate } from '../../gates/tool-gate.ts'
import type { PendingCall } from '../../contract.ts'
import type { Permit } from '../shape.ts'
import { readShape } from '../read-shape.ts'
import { answerHead } from './answer-head.ts'
import { heldFinish, holdCalls, type HeldCalls } from './hold-calls.ts'
import { alternativeTexts, logprobsMatch } from './logprobs.ts'
import { recordToolCalls } from './record-tool-calls.ts'
import { chatResponseShape } from './response-shape.ts'

/** Fields of a message, or of a piece of one, that are text. */
export const TEXT_FIELDS = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const

export interface AnswerOptions extends JudgeOptions {
  readonly model: string
  readonly labels: LabelCheck
  readonly permits: ReadonlySet<Permit>
  /** Choices that were asked for. */
  readonly choices: number
  /** Makes each text of the answer safe for where it ends up. */
  readonly sink?: AnswerSink
  /** Judges tool calls, where the policy says something about tools. */
  readonly toolGate?: ToolGate
}

export interface GatedAnswer extends Judged {
  readonly body: JsonObject
}

/**
 * Puts a whole answer through the output gate: all choices, all their texts and tool calls.
 *
 * @throws GatewayError `upstream_error` when it has not the form of an answer.
 */
export async function gateAnswer(answer: JsonValue, options: AnswerOptions): Promise<GatedAnswer> {
  const shaped = readAnswer(answer, options)
  // Read before the edits: tokens are held against what the model wrote.
  const logprobs = await Promise.all(choicesOf(shaped.value).map((choice) => mayKeepLogprobs(choice, options)))
  const judged = await judgeParts(shaped, options)
  const body = shaped.value as JsonObject
  const pending: PendingCall[] = []
  for (const [index, choice] of choicesOf(body).entries()) {
    const message = choice['message'] as JsonObject
    const sunk = judged.refusal === undefined ? throughSink(message, options) : { edited: false }
    if (sunk.refusal !== undefined) return { ...judged, outcome: 'block', refusal: sunk.refusal, body }
    if (judged.edited || sunk.edited || logprobs[index] !== true) choice['logprobs'] = null
    message['content'] ??= null
    message['refusal'] ??= null
    const calls = message['tool_calls']
    const held = judged.refusal === undefined ? await holdCalls(message, options.toolGate) : NOTHING_HELD
    recordToolCalls(options, calls, strongerOutcome(judged.outcome, held.outcome))
    if (held.refusal !== undefined) return { ...judged, outcome: 'block', refusal: held.refusal, body }
    if (held.pending.length > 0) {
      pending.push(...held.pending)
      choice['finish_reason'] = heldFinish(message, choice['finish_reason']) ?? null
    }
  }
  const head = await answerHead(body, { ...options, requestId: options.exchange.requestId, object: 'chat.completion' })
  const { choices, usage } = body
  return {
    ...judged,
    body: {
      ...head,
      choices: choices as JsonValue,
      ...(usage === undefined ? {} : { usage }),
      ...(pending.length === 0 ? {} : { sallyport: { pending } as unknown as JsonObject }),
    },
  }
}

const NOTHING_HELD: HeldCalls = { pending: [], outcome: 'allow' }

/** Writes the texts made safe for their target into the message. */
function throughSink(message: JsonObject, options: AnswerOptions): { edited: boolean; refusal?: Refusal } {
  let edited = false
  for (const field of TEXT_FIELDS) {
    const before = message[field]
    if (options.sink === undefined || typeof before !== 'string') continue
    const { text, findings, refusal } = options.sink(before)
    reportSink(options, findings, refusal)
    if (refusal !== undefined) return { edited, refusal }
    message[field] = text
    edited ||= text !== before
  }
  return { edited }
}

/** Records what a sink had to take out. Encoding alone is no event. */
export function reportSink(options: AnswerOptions, findings: readonly Finding[], refusal: Refusal | undefined): void {
  reportVerdict(options.events, options.exchange, {
    outcome: refusal === undefined ? 'redact' : 'block',
    findings,
    stageOf: () => 'output',
    model: options.model,
    ...(refusal === undefined ? {} : { refusal }),
  })
}

function readAnswer(answer: JsonValue, options: AnswerOptions): ReturnType<typeof readShape> {
  let shaped
  try {
    shaped = readShape(chatResponseShape, answer, { unknown: 'drop', permits: options.permits })
  } catch {
    throw malformed()
  }
  const choices = choicesOf(shaped.value)
  if (choices.length === 0 || choices.length > options.choices) throw malformed()
  return shaped
}

function malformed(): GatewayError {
  return new GatewayError('upstream_error', 'The upstream answered with something that is no chat completion.')
}

async function mayKeepLogprobs(choice: JsonObject, options: AnswerOptions): Promise<boolean> {
  const { logprobs } = choice
  if (logprobs === null || logprobs === undefined) return true
  const message = choice['message'] as JsonObject
  const texts = { content: stringOf(message['content']), refusal: stringOf(message['refusal']) }
  return logprobsMatch(logprobs, texts) && (await areClean(alternativeTexts(logprobs), options))
}

/** True when the output gate would not touch any of the texts. */
export async function areClean(
  texts: readonly string[] | undefined,
  { shield, exchange }: Pick<JudgeOptions, 'shield' | 'exchange'>,
): Promise<boolean> {
  if (texts === undefined) return false
  const filled = texts.filter((text) => text !== '')
  const passage = passageOf(exchange)
  const verdicts = await Promise.all(
    filled.map((text) => shield.check({ text, stage: 'output', origin: 'model' }, passage)),
  )
  return verdicts.every(({ outcome }) => outcome === 'allow' || outcome === 'monitor')
}

function choicesOf(body: JsonValue): JsonObject[] {
  return (body as JsonObject)['choices'] as JsonObject[]
}

function stringOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
