import { SallyportError } from '../errors/sallyport-error.ts'
import type { ChatMessage, ChatRole, RenderedMessage } from './chat-message.ts'
import { dumpHistory, loadHistory, type LoadedHistory, type LoadOptions } from './history-dump.ts'
import type { IoSchema } from './io-schema.ts'
import { copyValue, splitMedia } from './media.ts'

/** A conversation in turns: what a user asked and what came of it belong together and leave together. */
export class ChatHistory {
  readonly maxMessages: number | undefined
  #messages: ChatMessage[] = []
  #turnId: string | null = null

  /** @param options.maxMessages Most messages kept. Default: no limit. */
  constructor(options: { readonly maxMessages?: number | undefined } = {}) {
    this.maxMessages = options.maxMessages
  }

  get messages(): readonly ChatMessage[] {
    return this.#messages
  }

  /** Starts a new turn: later messages belong to it. */
  initializeTurn(): string {
    this.#turnId = crypto.randomUUID()
    return this.#turnId
  }

  getCurrentTurnId(): string | null {
    return this.#turnId
  }

  /**
   * Adds a message to the current turn, or to `turnId`. When there are too many, the oldest turns go, whole; only a turn
   * that is alone and too long by itself loses its oldest messages.
   */
  addMessage(role: ChatRole, content: unknown, schema: IoSchema, turnId?: string): void {
    this.#messages.push({ role, content, schema, turnId: turnId ?? this.#turnId ?? this.initializeTurn() })
    const max = this.maxMessages
    if (max === undefined) return
    while (this.#messages.length > max && this.turnCount() > 1) this.dropOldestTurn()
    if (this.#messages.length > max) this.#messages.splice(0, this.#messages.length - max)
  }

  /** Every message with its content as compact JSON; with media, a list of the JSON and the media in order. */
  getHistory(): RenderedMessage[] {
    return this.#messages.map(({ role, content }) => ({ role, content: renderContent(content) }))
  }

  getMessageCount(): number {
    return this.#messages.length
  }

  turnCount(): number {
    return new Set(this.#messages.map((message) => message.turnId)).size
  }

  /** @throws SallyportError `invalid-input` when there is no such turn. */
  deleteTurnId(turnId: string): void {
    const rest = this.#messages.filter((message) => message.turnId !== turnId)
    if (rest.length === this.#messages.length) {
      throw new SallyportError('invalid-input', `Turn ID ${turnId} not found in history.`)
    }
    this.#messages = rest
    if (this.#turnId === turnId) this.#turnId = rest.at(-1)?.turnId ?? null
    if (rest.length === 0) this.#turnId = null
  }

  /** Removes the oldest turn; false when there is none. */
  dropOldestTurn(): boolean {
    const oldest = this.#messages[0]?.turnId
    if (oldest === undefined) return false
    this.#messages = this.#messages.filter((message) => message.turnId !== oldest)
    return true
  }

  /** A history of its own, equal in everything. */
  copy(): ChatHistory {
    return ChatHistory.#restore(
      this.#messages.map((message) => ({ ...message, content: copyValue(message.content) })),
      this.maxMessages,
      this.#turnId,
    )
  }

  /** The history as a string for `load`. */
  dump(): string {
    return dumpHistory(this.#messages, this.maxMessages, this.#turnId)
  }

  /**
   * Reads a dump. Its schemas are looked up among those given, never imported by name, and every message is validated anew.
   *
   * @throws SallyportError `invalid-input` when the dump is no history, names an unknown schema or holds a message that
   * does not fit; with `onInvalid: 'drop'` such messages are left out with their turn and listed in `dropped`.
   */
  static async load(dump: string, options: LoadOptions): Promise<ChatHistory> {
    return ChatHistory.fromLoaded(await loadHistory(dump, options))
  }

  static fromLoaded({ messages, maxMessages, turnId }: LoadedHistory): ChatHistory {
    return ChatHistory.#restore([...messages], maxMessages, turnId)
  }

  static #restore(messages: ChatMessage[], maxMessages: number | undefined, turnId: string | null): ChatHistory {
    const history = new ChatHistory({ maxMessages })
    history.#messages = messages
    history.#turnId = turnId
    return history
  }
}

/** Compact JSON in the order of declaration, or a list of it and the media in it. */
export function renderContent(content: unknown): RenderedMessage['content'] {
  const { media, rest } = splitMedia(content)
  if (media.length === 0) return JSON.stringify(content)
  return rest === undefined ? media : [JSON.stringify(rest), ...media]
}
