import type { ConversationPart, Principal } from '../guard/tool-call.ts'
import type { AgentGates, StagedFinding } from './agent-gates.ts'
import type { AgentTool } from './agent-tool.ts'
import { denialCodeOf, type AgentResult, type Denial } from './denial.ts'
import type { Hooks } from './hooks.ts'
import type { IoSchema } from './io-schema.ts'
import type { LanguageModel, ModelCall, ModelParameters, PromptMessage } from './language-model.ts'
import { generateTurn, streamTurn, type ModelTurn } from './model-turn.ts'
import { PartialOutput } from './partial-output.ts'
import { readAnswer } from './read-answer.ts'
import { judgeSettled } from './judge-settled.ts'
import { repaired } from './repair.ts'
import { runTools, type Approve } from './run-tools.ts'
import { hintOf, reasonOf } from './standard-schema.ts'
import { withRetry } from './with-retry.ts'

/** Everything a run needs besides the conversation. */
export interface RunParts {
  readonly model: LanguageModel
  readonly output: IoSchema
  readonly tools: ReadonlyMap<string, AgentTool>
  readonly gates: AgentGates
  readonly hooks: Hooks
  readonly parameters: ModelParameters
  /** Questions asked again when an answer does not fit. */
  readonly reasks: number
  /** Calls of the model in which it may use tools. */
  readonly maxSteps: number
  readonly retries: number
  readonly approve?: Approve | undefined
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  readonly streaming: boolean
  /** The prompt by who wrote its parts. */
  readonly conversation: readonly ConversationPart[]
  readonly principal?: Principal | undefined
}

/** From a finished prompt to a valid answer or a denial, over tool calls and bounded re-asking. Yields partial objects. */
export async function* runAgent(
  prompt: readonly PromptMessage[],
  parts: RunParts,
  { signal, streaming, principal, ...options }: RunOptions,
): AsyncGenerator<Readonly<Record<string, unknown>>, AgentResult<unknown>> {
  const run = new RunRecord()
  const messages = [...prompt]
  const conversation = [...options.conversation]
  let reasks = 0
  let steps = 0
  for (;;) {
    const call = toCall(messages, parts, signal)
    parts.hooks.dispatch('completion:kwargs', { call })
    const partial = new PartialOutput(parts.output, parts.gates)
    const turn = streaming ? yield* watched(call, parts, partial, run) : await generated(call, parts, signal)
    run.count(turn)
    if (turn === undefined || partial.denied !== undefined) {
      run.findings.push(...partial.findings)
      const { code = 'output-denied', reason = 'The answer was denied.' } = partial.denied ?? {}
      return run.denied(code, [reason])
    }
    parts.hooks.dispatch('completion:response', { response: turn })

    if (turn.toolCalls.length > 0) {
      if (++steps > parts.maxSteps)
        return run.denied('too-many-steps', [`More than ${parts.maxSteps} rounds of tool calls.`])
      const done = await runTools(turn.toolCalls, { ...parts, signal, conversation, principal })
      signal?.throwIfAborted()
      messages.push(...done.messages)
      conversation.push({ origin: 'model', text: turn.text }, ...done.read)
      run.findings.push(...done.findings)
      run.refusedCalls.push(...done.refused)
      continue
    }
    if (turn.finishReason === 'content-filter') {
      return run.denied('output-denied', ['The provider withheld the answer.'])
    }
    const answer = await readOutput(turn.text, parts)
    run.findings.push(...answer.findings)
    if (answer.kind === 'fits') return run.done(answer.value)
    if (answer.kind === 'denied') return run.denied(answer.code, [answer.reason])
    parts.hooks.dispatch('parse:error', { attempt: reasks + 1, reasons: answer.reasons })
    if (reasks++ >= parts.reasks) {
      parts.hooks.dispatch('completion:last_attempt', { attempts: reasks, reasons: answer.reasons })
      return run.denied('invalid-output', answer.reasons)
    }
    messages.push(...askAgain(answer))
  }
}

function toCall(messages: readonly PromptMessage[], parts: RunParts, signal: AbortSignal | undefined): ModelCall {
  const { name, description, jsonSchema } = parts.output
  const tools = [...parts.tools.values()].map((tool) => ({
    type: 'function' as const,
    name: tool.name,
    description: tool.description,
    inputSchema: tool.input.jsonSchema,
  }))
  return {
    ...parts.parameters,
    prompt: [...messages],
    responseFormat: { type: 'json', schema: jsonSchema, name, description },
    ...(tools.length > 0 && { tools }),
    ...(signal && { abortSignal: signal }),
  }
}

async function generated(call: ModelCall, parts: RunParts, signal: AbortSignal | undefined): Promise<ModelTurn> {
  try {
    return await withRetry(() => generateTurn(parts.model, call), { retries: parts.retries, signal })
  } catch (error) {
    parts.hooks.dispatch('completion:error', { error })
    throw error
  }
}

/** Streams one call and yields what may be shown. Undefined when the output gate stopped it; nothing more is read then. */
async function* watched(
  call: ModelCall,
  parts: RunParts,
  partial: PartialOutput,
  run: RunRecord,
): AsyncGenerator<Readonly<Record<string, unknown>>, ModelTurn | undefined> {
  // Only the start is repeated: what was shown cannot be taken back.
  let stream: AsyncGenerator<string, ModelTurn>
  let step: IteratorResult<string, ModelTurn>
  try {
    ;[stream, step] = await withRetry(
      async () => {
        const opened = streamTurn(parts.model, call)
        return [opened, await opened.next()] as const
      },
      { retries: parts.retries, signal: call.abortSignal },
    )
    try {
      while (!step.done) {
        const shown = await partial.push(step.value)
        if (partial.denied !== undefined) return undefined
        if (shown) yield shown
        step = await stream.next()
      }
    } finally {
      if (!step.done) await stream.return(EMPTY_TURN)
    }
    return step.value
  } catch (error) {
    run.count(undefined)
    parts.hooks.dispatch('completion:error', { error })
    throw error
  }
}

const EMPTY_TURN: ModelTurn = {
  text: '',
  toolCalls: [],
  finishReason: 'other',
  usage: { inputTokens: 0, outputTokens: 0 },
}

type ReadOutput = { readonly findings: readonly StagedFinding[] } & (
  | { readonly kind: 'fits'; readonly value: unknown }
  | { readonly kind: 'denied'; readonly code: Denial['code']; readonly reason: string }
  | {
      readonly kind: 'unfit'
      readonly reasons: readonly string[]
      readonly hints: readonly string[]
      readonly said: string | undefined
    }
)

/** Reads, gates, validates and where it is safe mends an answer. Only a validated value comes back as fitting. */
async function readOutput(text: string, { output, gates }: RunParts): Promise<ReadOutput> {
  const json = readAnswer(text)
  if (!json.ok) return { kind: 'unfit', reasons: [json.reason], hints: [json.reason], said: undefined, findings: [] }
  const gated = await gates.check('output', json.value)
  const { findings } = gated
  if (!gated.ok) return { kind: 'denied', code: denialCodeOf(gated.kind), reason: gated.reason, findings }
  const { validate } = output['~standard']
  const first = await validate(gated.value)
  const mended = first.issues && repaired(gated.value, first.issues)
  const second = mended === undefined ? first : await validate(mended)
  if (!second.issues) {
    const settled = await judgeSettled(gated.value, second.value, validate, gates)
    const all = [...findings, ...settled.findings]
    if (settled.ok) return { kind: 'fits', value: settled.value, findings: all }
    return { kind: 'denied', code: denialCodeOf(settled.kind), reason: settled.reason, findings: all }
  }
  const reasons = firstOf(second.issues.map((issue) => reasonOf(issue, output)))
  const hints = firstOf(second.issues.map(hintOf))
  return { kind: 'unfit', reasons, hints, said: JSON.stringify(gated.value), findings }
}

/** Ten different ones: more would not help anybody. */
function firstOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, 10)
}

/** The model sees its own answer, as the gate left it, and what is wrong with it. Neither is kept in the history. */
function askAgain({ hints, said }: Extract<ReadOutput, { kind: 'unfit' }>): PromptMessage[] {
  const list = hints.map((hint) => `- ${hint}`).join('\n')
  const text = `Your answer does not fit the schema:\n${list}\nAnswer again with one JSON object that fits it, and nothing else.`
  return [
    { role: 'assistant', content: [{ type: 'text', text: said ?? '(an answer that could not be read)' }] },
    { role: 'user', content: [{ type: 'text', text }] },
  ]
}

class RunRecord {
  readonly findings: StagedFinding[] = []
  readonly refusedCalls: { tool: string; reason: string }[] = []
  #inputTokens = 0
  #outputTokens = 0
  #modelCalls = 0

  count(turn: ModelTurn | undefined): void {
    this.#modelCalls++
    this.#inputTokens += turn?.usage.inputTokens ?? 0
    this.#outputTokens += turn?.usage.outputTokens ?? 0
  }

  done(output: unknown): AgentResult<unknown> {
    return { status: 'done', output, ...this.#facts() }
  }

  denied(code: Denial['code'], reasons: readonly string[]): AgentResult<unknown> {
    return { status: 'denied', denial: { code, reasons }, ...this.#facts() }
  }

  #facts(): Omit<AgentResult<unknown>, 'status' | 'output' | 'denial'> {
    return {
      findings: this.findings,
      usage: { inputTokens: this.#inputTokens, outputTokens: this.#outputTokens },
      modelCalls: this.#modelCalls,
      refusedCalls: this.refusedCalls,
    }
  }
}
