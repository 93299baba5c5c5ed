/** What hooks are told. Handlers see content: keep what they do with it as safe as the agent itself. */
export interface AgentEvents {
  /** The call as the model gets it. */
  'completion:kwargs': { readonly call: object }
  'completion:response': { readonly response: object }
  /** The provider failed. */
  'completion:error': { readonly error: unknown }
  /** No further question will be asked; the run ends with a refusal. */
  'completion:last_attempt': { readonly attempts: number; readonly reasons: readonly string[] }
  /** An answer did not fit its schema. */
  'parse:error': { readonly attempt: number; readonly reasons: readonly string[] }
  'token:counted': { readonly count: object }
}

export type AgentEvent = keyof AgentEvents
export type HookHandler<Event extends AgentEvent = AgentEvent> = (argument: AgentEvents[Event]) => void
type AnyHandler = (argument: never) => void

/** Listeners of an agent. A handler that throws is reported once and stops nobody. */
export class Hooks {
  readonly handlers = new Map<AgentEvent, AnyHandler[]>()
  enabled = true
  readonly #warn: (message: string) => void

  constructor(warn: (message: string) => void) {
    this.#warn = warn
  }

  register<Event extends AgentEvent>(event: Event, handler: HookHandler<Event>): void {
    const known = this.handlers.get(event)
    if (known) known.push(handler)
    else this.handlers.set(event, [handler])
  }

  unregister<Event extends AgentEvent>(event: Event, handler: HookHandler<Event>): void {
    const known = this.handlers.get(event)
    const at = known?.indexOf(handler) ?? -1
    if (at >= 0) known?.splice(at, 1)
  }

  /** Without an event: all of them. */
  clear(event?: AgentEvent): void {
    if (event === undefined) this.handlers.clear()
    else this.handlers.set(event, [])
  }

  dispatch<Event extends AgentEvent>(event: Event, argument: AgentEvents[Event]): void {
    if (!this.enabled) return
    // A copy: a handler may unregister itself.
    for (const handler of this.handlers.get(event)?.slice() ?? []) {
      try {
        ;(handler as HookHandler<Event>)(argument)
      } catch {
        // What was thrown may quote the conversation.
        this.#warn(`A handler of the hook ${event} threw.`)
      }
    }
  }
}
