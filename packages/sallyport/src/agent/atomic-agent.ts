import { SallyportError } from '../errors/sallyport-error.ts'
import type { ConversationPart } from '../guard/tool-call.ts'
import type { AgentConfig, RunSettings } from './agent-config.ts'
import { openGates, type AgentGates, type ReadContext, type StagedFinding } from './agent-gates.ts'
import { AgentStream } from './agent-stream.ts'
import { ChatHistory } from './chat-history.ts'
import type { ChatRole, RenderedMessage } from './chat-message.ts'
import { BasicChatInputSchema, BasicChatOutputSchema } from './chat-schemas.ts'
import { orThrow, type AgentResult, type Denial } from './denial.ts'
import { Hooks, type AgentEvent, type HookHandler } from './hooks.ts'
import { toIoSchema, type IoSchema } from './io-schema.ts'
import type { LanguageModel } from './language-model.ts'
import { toPlain } from './media.ts'
import { toPrompt } from './prompt-messages.ts'
import { conversationOf } from './conversation-of.ts'
import { runAgent, type RunParts } from './run-agent.ts'
import { reasonOf, type StandardSchema } from './standard-schema.ts'
import {
  SystemPromptGenerator,
  type BaseSystemPromptGenerator,
  type ContextProvider,
  type ContextView,
} from './system-prompt.ts'
import { countContext, type TokenCount } from './token-count.ts'

export interface BasicChatMessage {
  chat_message: string
}

/** Earlier messages the input gate reads a new one with, so that an attack in instalments is one text. */
const MESSAGES_READ_TOGETHER = 3

/**
 * An agent with a typed input and a typed output: it keeps the conversation, builds the prompt, lets the model use tools and
 * gives back only what its output schema accepts. One conversation per agent, one run at a time.
 *
 * @example
 * ```ts
 * const agent = new AtomicAgent({ model })
 * const { chat_message } = await agent.run({ chat_message: 'Hello' })
 * ```
 */
export class AtomicAgent<Input = BasicChatMessage, Output = BasicChatMessage> {
  readonly model: LanguageModel
  readonly inputSchema: IoSchema<Input, unknown>
  readonly outputSchema: IoSchema<unknown, Output>
  readonly systemPromptGenerator: BaseSystemPromptGenerator
  readonly systemRole: 'system' | 'developer' | null
  readonly assistantRole: 'assistant' | 'model'
  readonly toolResultRole: ChatRole
  /** The history a reset goes back to. */
  readonly initialHistory: ChatHistory
  history: ChatHistory
  /** The input of the last run, validated and gated. */
  currentUserInput: unknown = null
  readonly #config: AgentConfig<Input, Output>
  readonly #gates: AgentGates
  readonly #hooks: Hooks
  readonly #parts: RunParts

  constructor(config: AgentConfig<Input, Output>) {
    this.#config = config
    this.model = config.model
    // Without a schema the type parameters are those of the basic chat.
    this.inputSchema = toIoSchema(config.input ?? (BasicChatInputSchema as unknown as StandardSchema<Input, unknown>))
    this.outputSchema = toIoSchema(
      config.output ?? (BasicChatOutputSchema as unknown as StandardSchema<unknown, Output>),
    )
    this.systemPromptGenerator = config.systemPromptGenerator ?? new SystemPromptGenerator()
    this.systemRole = config.systemRole === undefined ? 'system' : config.systemRole
    this.assistantRole = config.assistantRole ?? 'assistant'
    this.toolResultRole = config.toolResultRole ?? (this.assistantRole === 'model' ? 'user' : 'system')
    this.history = config.history ?? new ChatHistory()
    this.initialHistory = this.history.copy()
    this.#gates = config.gates ?? openGates
    this.#hooks = new Hooks((message) => this.#warn(message))
    this.#parts = {
      model: config.model,
      output: this.outputSchema,
      tools: new Map((config.tools ?? []).map((tool) => [tool.name, tool])),
      gates: this.#gates,
      hooks: this.#hooks,
      parameters: config.modelApiParameters ?? {},
      reasks: config.reasks ?? 2,
      maxSteps: config.maxSteps ?? 8,
      retries: config.retries ?? 2,
      approve: config.approve,
    }
  }

  /** The conversation as it stands: the system prompt, with context as its providers give it, and the history. */
  get messages(): RenderedMessage[] {
    const system = this.#systemPrompt()
    const leading = system === undefined ? [] : [{ role: this.systemRole ?? 'system', content: system }]
    return [...leading, ...this.history.getHistory()]
  }

  /**
   * Asks and answers. Without input it goes on from the history, for instance after `addToolResult`.
   *
   * @throws AgentRefusal when the input does not fit or no answer fits; the failed turn leaves no trace in the history.
   */
  async run(input?: Input, settings: RunSettings = {}): Promise<Output> {
    return orThrow(await this.tryRun(input, settings))
  }

  /** The same, with a denial as a value. Faults of the provider are thrown. */
  async tryRun(input?: Input, settings: RunSettings = {}): Promise<AgentResult<Output>> {
    return new AgentStream(this.#execute(input, settings, false)).result()
  }

  /**
   * Yields the answer as it grows, the full one last.
   *
   * @throws AgentRefusal as `run` does.
   */
  async *runStream(input?: Input, settings: RunSettings = {}): AsyncGenerator<Partial<Output>, Output> {
    const stream = this.tryRunStream(input, settings)
    yield* stream
    const output = orThrow(await stream.result())
    yield output
    return output
  }

  /** Streams, with a denial as a value in `result()`. */
  tryRunStream(input?: Input, settings: RunSettings = {}): AgentStream<Output> {
    return new AgentStream(this.#execute(input, settings, true))
  }

  /** Adds a tool's result to the history for the next run. */
  addToolResult(content: unknown, schema: IoSchema): void {
    this.history.addMessage(this.toolResultRole, content, schema)
  }

  /** Goes back to the history the agent was made with. */
  resetHistory(): void {
    this.history = this.initialHistory.copy()
  }

  /** @throws SallyportError `invalid-input` when there is none of that name. */
  getContextProvider(name: string): ContextProvider {
    const provider = this.systemPromptGenerator.contextProviders.get(name)
    if (!provider) throw new SallyportError('invalid-input', `Context provider '${name}' not found.`)
    return provider
  }

  registerContextProvider(name: string, provider: ContextProvider): void {
    this.systemPromptGenerator.contextProviders.set(name, provider)
  }

  /** @throws SallyportError `invalid-input` when there is none of that name. */
  unregisterContextProvider(name: string): void {
    this.getContextProvider(name)
    this.systemPromptGenerator.contextProviders.delete(name)
  }

  /** What the context costs before the next input, estimated. Fires `token:counted`. */
  getContextTokenCount(): TokenCount {
    const count = countContext(
      {
        model: this.model.modelId,
        system: this.#systemPrompt(),
        history: this.history.getHistory(),
        schemas: [this.outputSchema, ...[...this.#parts.tools.values()].map((tool) => tool.input)].map(
          (schema) => schema.jsonSchema,
        ),
        maxTokens: this.#config.maxContextTokens,
      },
      this.#config.countTokens,
    )
    this.#hooks.dispatch('token:counted', { count })
    return count
  }

  /** Events by name, with their handlers in order of registration. */
  get hooks(): Hooks['handlers'] {
    return this.#hooks.handlers
  }

  get hooksEnabled(): boolean {
    return this.#hooks.enabled
  }

  enableHooks(): void {
    this.#hooks.enabled = true
  }

  disableHooks(): void {
    this.#hooks.enabled = false
  }

  /** Registers a handler, and forwards it to a model that has hooks of its own. */
  registerHook<Event extends AgentEvent>(event: Event, handler: HookHandler<Event>): void {
    this.#hooks.register(event, handler)
    this.#forward('on', event, handler)
  }

  unregisterHook<Event extends AgentEvent>(event: Event, handler: HookHandler<Event>): void {
    this.#hooks.unregister(event, handler)
    this.#forward('off', event, handler)
  }

  /** Without an event: all of them. */
  clearHooks(event?: AgentEvent): void {
    this.#hooks.clear(event)
    this.#forward('clear', ...(event === undefined ? [] : [event]))
  }

  /** Calls the handlers of an event; one that throws is reported and stops nobody. */
  dispatchHook<Event extends AgentEvent>(event: Event, argument: Parameters<HookHandler<Event>>[0]): void {
    this.#hooks.dispatch(event, argument)
  }

  async *#execute(
    input: Input | undefined,
    settings: RunSettings,
    streaming: boolean,
  ): AsyncGenerator<Partial<Output>, AgentResult<Output>> {
    this.#trimContext(input !== undefined)
    const findings: StagedFinding[] = []
    let turnId: string | undefined
    if (input !== undefined) {
      const admitted = await this.#admit(input)
      findings.push(...admitted.findings)
      if (admitted.denial) return deniedBefore(admitted.denial, findings)
      turnId = this.history.initializeTurn()
      this.currentUserInput = admitted.value
      this.history.addMessage('user', admitted.value, this.inputSchema, turnId)
    }
    const { history } = this
    const turn = turnId ?? history.getCurrentTurnId() ?? undefined
    let isDone = false
    try {
      const view = await this.#readContext(settings.context, findings)
      const prompt = toPrompt(this.#systemPrompt(view), history.getHistory(), this, this.model)
      const run = runAgent(prompt, this.#parts, {
        signal: settings.signal,
        streaming,
        principal: settings.principal,
        conversation: this.#labelled(view),
      })
      // `runAgent` yields valid fields of the output schema and ends with a value it accepted.
      const result = (yield* run as AsyncGenerator<Partial<Output>>) as AgentResult<Output>
      isDone = result.status === 'done'
      if (result.status === 'done') history.addMessage(this.assistantRole, result.output, this.outputSchema, turn)
      return { ...result, findings: [...findings, ...result.findings] }
    } finally {
      // A turn without an answer would be answered together with the next one, and a refused text stay in every prompt.
      if (!isDone && turnId !== undefined && history.messages.some((message) => message.turnId === turnId)) {
        history.deleteTurnId(turnId)
      }
    }
  }

  /** Validates the input and passes it through its gate. */
  async #admit(input: Input): Promise<{
    readonly value?: unknown
    readonly denial?: Denial
    readonly findings: readonly StagedFinding[]
  }> {
    const fitted = await this.inputSchema['~standard'].validate(input)
    if (fitted.issues) {
      // The gate names the evidence; a refusal by the schema alone would look like a slip.
      const { findings } = await this.#gates.check('input', toPlain(input))
      return {
        denial: { code: 'invalid-input', reasons: fitted.issues.map((issue) => reasonOf(issue, this.inputSchema)) },
        findings,
      }
    }
    const earlier = this.history.messages
      .filter((message) => message.schema === this.inputSchema)
      .slice(-MESSAGES_READ_TOGETHER)
    const gated = await this.#gates.check(
      'input',
      toPlain(fitted.value),
      earlier.map((message) => message.content),
    )
    if (gated.ok) return { value: gated.value, findings: gated.findings }
    const code = gated.kind === 'review' ? 'needs-approval' : 'input-denied'
    return { denial: { code, reasons: [gated.reason] }, findings: gated.findings }
  }

  /** The prompt by who wrote it, if the policy judges tool calls by that. */
  #labelled(view: ContextView): ConversationPart[] {
    if (this.#gates.judgeCall === undefined) return []
    const bare: ContextView = { read: () => ({ title: '', info: '' }), extra: [] }
    const providers = [...this.systemPromptGenerator.contextProviders.values(), ...(view.extra ?? [])]
    return conversationOf({
      system: this.#systemPrompt(bare) ?? '',
      retrieved: providers.map((provider) => view.read(provider).info),
      messages: this.history.messages,
      assistantRole: this.assistantRole,
      inputSchema: this.inputSchema,
    })
  }

  #systemPrompt(view?: ContextView): string | undefined {
    if (this.systemRole === null) return undefined
    const prompt = this.systemPromptGenerator.generatePrompt(view)
    if (!this.#config.schemaInPrompt) return prompt
    return `${prompt}\n\n# OUTPUT SCHEMA\n${JSON.stringify(this.outputSchema.jsonSchema)}`
  }

  /** Asks every provider once and passes what it says through the gate, before the prompt is built of it. */
  async #readContext(context: RunSettings['context'] = [], findings: StagedFinding[]): Promise<ContextView> {
    const extra = context.map(({ title, text }): ContextProvider => ({ title, getInfo: () => text }))
    const known = new Map<ContextProvider, ReadContext>()
    for (const provider of [...this.systemPromptGenerator.contextProviders.values(), ...extra]) {
      const read = await this.#gates.readContext(provider)
      findings.push(...read.findings)
      known.set(provider, read)
    }
    return { read: (provider) => known.get(provider) ?? { title: '', info: '' }, extra }
  }

  /** Drops oldest turns until the context fits; the last stays when there is no input to go on from. */
  #trimContext(hasInput: boolean): void {
    const max = this.#config.maxContextTokens
    if (max === undefined) return
    const before = this.history.turnCount()
    let { total } = this.getContextTokenCount()
    while (total > max) {
      if (this.history.turnCount() <= (hasInput ? 0 : 1)) {
        throw new SallyportError(
          'budget-exhausted',
          `maxContextTokens (${max}) is smaller than the minimum this conversation needs (${total}).`,
        )
      }
      this.history.dropOldestTurn()
      total = this.getContextTokenCount().total
    }
    const dropped = before - this.history.turnCount()
    if (dropped > 0) this.#warn(`The context was over ${max} tokens: ${dropped} oldest turns left the history.`)
  }

  #warn(message: string): void {
    if (this.#config.warn) this.#config.warn(message)
    else console.warn(message)
  }

  #forward(method: 'on' | 'off' | 'clear', ...values: readonly unknown[]): void {
    const target = this.model as Partial<Record<typeof method, unknown>>
    const forward = target[method]
    if (typeof forward === 'function') forward.call(target, ...values)
  }
}

function deniedBefore<Output>(denial: Denial, findings: readonly StagedFinding[]): AgentResult<Output> {
  const usage = { inputTokens: 0, outputTokens: 0 }
  return { status: 'denied', denial, findings, usage, modelCalls: 0, refusedCalls: [] }
}
