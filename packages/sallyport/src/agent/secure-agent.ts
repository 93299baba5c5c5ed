import type { Shield } from '../compose/create-shield.ts'
import type { ToolCall } from '../guard/tool-call.ts'
import type { AgentConfig, RunSettings } from './agent-config.ts'
import { shieldGates, type AgentGates, type StagedFinding } from './agent-gates.ts'
import type { AgentAudit, AgentLimiter } from './agent-services.ts'
import { AgentStream } from './agent-stream.ts'
import { AtomicAgent, type BasicChatMessage } from './atomic-agent.ts'
import type { ChatHistory } from './chat-history.ts'
import { SecureInputSchema } from './chat-schemas.ts'
import { eventAbout, eventsOf, strongestOf, type BareEvent } from './audit-events.ts'
import { defaultShield } from './default-shield.ts'
import { orThrow, type AgentResult } from './denial.ts'
import type { IoSchema } from './io-schema.ts'
import { toPlain } from './media.ts'
import { reloadHistory, type ReloadedHistory } from './reload-history.ts'
import { safeSystemPrompt } from './safe-system-prompt.ts'
import type { StandardSchema } from './standard-schema.ts'

export interface SecureAgentOptions<Input, Output> extends Omit<AgentConfig<Input, Output>, 'gates'> {
  /** Default: the recommended policy, compiled once for all agents. */
  readonly shield?: Shield
  /** Default: no limits. With one, every run needs a user. */
  readonly limiter?: AgentLimiter
  /** Default: nothing is recorded. */
  readonly audit?: AgentAudit
  /** Whose conversation it is; a run may name another. */
  readonly user?: string
  /** Lets images, sound and files pass, which no gate can read. Default false. */
  readonly allowMedia?: boolean
  /** Milliseconds since the epoch, for events. Default `Date.now`. */
  readonly now?: () => number
}

export interface SecureRunSettings extends RunSettings {
  readonly user?: string
}

export interface SecureInput {
  message: string
}

/**
 * An agent inside the gates: user input, retrieved context, tool calls and results, the answer and a reloaded history each
 * pass theirs, limits hold per user, and every denial is a value with its reasons and an event.
 *
 * Without schemas it takes `SecureInputSchema` and answers `BasicChatOutputSchema`; without a prompt generator it has
 * `safeSystemPrompt()`. Tool results enter the history as `tool` and are sent as `user`, not `system`: nobody vouches for
 * them.
 *
 * @example
 * ```ts
 * const agent = createSecureAgent({ model, user: 'u-17' })
 * const result = await agent.run({ message: 'Where is my order?' })
 * if (result.status === 'done') console.log(result.output.chat_message)
 * else console.log(result.denial.reasons)
 * ```
 */
export function createSecureAgent<Input = SecureInput, Output = BasicChatMessage>(
  options: SecureAgentOptions<Input, Output>,
): SecureAgent<Input, Output> {
  return new SecureAgent(options)
}

export class SecureAgent<Input, Output> {
  /** The agent within: its context providers, hooks and token count. Its own `run` is gated but neither limited nor recorded. */
  readonly agent: AtomicAgent<Input, Output>
  readonly shield: Shield
  readonly #options: SecureAgentOptions<Input, Output>
  readonly #gates: AgentGates
  /** What the gates found in the run that is under way. */
  #found: StagedFinding[] = []

  constructor(options: SecureAgentOptions<Input, Output>) {
    this.#options = options
    this.shield = options.shield ?? defaultShield()
    this.#gates = watched(shieldGates(this.shield, { allowMedia: options.allowMedia ?? false }), (findings) => {
      this.#found.push(...findings)
    })
    this.agent = new AtomicAgent<Input, Output>({
      ...options,
      // Without a schema the type parameter is the guide's input.
      input: options.input ?? (SecureInputSchema as unknown as StandardSchema<Input, unknown>),
      systemPromptGenerator: options.systemPromptGenerator ?? safeSystemPrompt(),
      toolResultRole: options.toolResultRole ?? 'user',
      gates: this.#gates,
    })
  }

  get history(): ChatHistory {
    return this.agent.history
  }

  /** A denial is a value. Faults of the provider, the limiter or the audit log are thrown. */
  async run(input?: Input, settings: SecureRunSettings = {}): Promise<AgentResult<Output>> {
    return new AgentStream(this.#guarded(input, settings, false)).result()
  }

  /** @throws AgentRefusal for those who want an exception. */
  async runOrThrow(input?: Input, settings: SecureRunSettings = {}): Promise<Output> {
    return orThrow(await this.run(input, settings))
  }

  /** Partial objects hold only complete, gated and valid fields, and growing texts that are safe as they stand. */
  runStream(input?: Input, settings: SecureRunSettings = {}): AgentStream<Output> {
    return new AgentStream(this.#guarded(input, settings, true))
  }

  /** Passes a tool's result through its gate into the history. False when it was withheld. */
  async addToolResult(content: unknown, schema: IoSchema): Promise<boolean> {
    const gated = await this.#gates.check('tool-result', toPlain(content))
    if (!gated.ok) {
      await this.#record(eventAbout('policy_violation', 'block', 'result-withheld', gated.reason, gated.findings))
      return false
    }
    // Sent as the user's, kept as a tool's: whatever schema it has, it is no word of the user.
    const role = this.agent.toolResultRole === 'user' ? 'tool' : this.agent.toolResultRole
    this.agent.history.addMessage(role, gated.value, schema)
    return true
  }

  /**
   * Takes over a dumped history. Every message is validated and gated anew; a turn that does not pass is left out, so that
   * one old bad message never ends a session.
   *
   * @param schemas Further schemas the dump may name, such as those of tool results.
   * @throws SallyportError `invalid-input` when the dump is no history.
   */
  async loadHistory(dump: string, schemas: readonly IoSchema[] = []): Promise<ReloadedHistory> {
    const known: IoSchema[] = [this.agent.inputSchema as IoSchema, this.agent.outputSchema as IoSchema, ...schemas]
    const reloaded = await reloadHistory(dump, known, this.#gates)
    this.agent.history = reloaded.history
    if (reloaded.droppedTurns.length > 0) {
      const detail = `${reloaded.droppedTurns.length} turns of a reloaded history were left out.`
      await this.#record(eventAbout('policy_violation', 'block', 'history-dropped', detail, reloaded.findings))
    }
    return reloaded
  }

  async *#guarded(
    input: Input | undefined,
    { user = this.#options.user, ...rest }: SecureRunSettings,
    streaming: boolean,
  ): AsyncGenerator<Partial<Output>, AgentResult<Output>> {
    const settings: RunSettings = user === undefined ? rest : { principal: { user }, ...rest }
    const runId = crypto.randomUUID()
    const { limiter } = this.#options
    if (limiter && user === undefined) throw new TypeError('A limited agent needs to know the user of each run.')
    const admission = await limiter?.check(
      { user, model: this.agent.model.modelId },
      this.agent.getContextTokenCount().total,
    )
    if (admission?.allowed === false) {
      const { reason, retryAfterMs } = admission
      const result: AgentResult<Output> = {
        status: 'denied',
        denial: { code: 'rate-limited', reasons: [reason], ...(retryAfterMs !== undefined && { retryAfterMs }) },
        findings: [],
        usage: { inputTokens: 0, outputTokens: 0 },
        modelCalls: 0,
        refusedCalls: [],
      }
      for (const event of eventsOf(result)) await this.#record(event, user, runId)
      return result
    }
    let used: number | undefined
    let isRecorded = false
    this.#found = []
    try {
      const stream = streaming ? this.agent.tryRunStream(input, settings) : undefined
      if (stream) yield* stream
      const result = stream ? await stream.result() : await this.agent.tryRun(input, settings)
      const tokens = result.usage.inputTokens + result.usage.outputTokens
      // Some providers do not count: what was not counted is not free.
      if (tokens > 0 || result.modelCalls === 0) used = tokens
      isRecorded = true
      for (const event of eventsOf(result)) await this.#record(event, user, runId)
      return result
    } finally {
      // Who leaves a stream, or a provider that fails, takes no evidence along.
      if (!isRecorded && this.#found.length > 0) {
        await this.#record(
          eventAbout('policy_violation', strongestOf(this.#found), 'unfinished', undefined, this.#found),
          user,
          runId,
        )
      }
      // Without a count (the caller left, the provider failed) the reservation stands.
      if (admission?.allowed) admission.settle(...(used === undefined ? [] : [used]))
    }
  }

  async #record(event: BareEvent, user = this.#options.user, requestId: string = crypto.randomUUID()): Promise<void> {
    const time = new Date((this.#options.now ?? Date.now)()).toISOString()
    const model = this.agent.model.modelId
    await this.#options.audit?.append({
      ...event,
      requestId,
      time,
      model,
      ...(user !== undefined && { actor: { user } }),
    })
  }
}

/** The same gates, that tell what they find. */
function watched(gates: AgentGates, tell: (findings: readonly StagedFinding[]) => void): AgentGates {
  const { judgeCall } = gates
  return {
    ...gates,
    check: async (...args) => {
      const answer = await gates.check(...args)
      tell(answer.findings)
      return answer
    },
    readContext: async (provider) => {
      const read = await gates.readContext(provider)
      tell(read.findings)
      return read
    },
    ...(judgeCall && {
      judgeCall: async (call: ToolCall) => {
        const verdict = await judgeCall(call)
        tell(verdict.findings.map((finding) => ({ ...finding, stage: 'tool-call' })))
        return verdict
      },
    }),
  }
}
