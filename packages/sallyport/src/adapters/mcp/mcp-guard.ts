import { ClientSide } from './client-side.ts'
import { DefinitionDesk } from './definition-desk.ts'
import type { McpGuardOptions, McpTransport } from './guard-options.ts'
import { errorFor, isNotification, isRequest, RPC, type RpcMessage } from './json-rpc.ts'
import { PendingRequests } from './pending-requests.ts'
import { RateWindow } from './rate-window.ts'
import { ServerSide } from './server-side.ts'

/** Requests under way in one direction. */
const MAX_PENDING = 256

/**
 * Stands between one MCP client and one MCP server, as a transport on either side. Messages pass one after the other in
 * each direction; what is harmless passes as it was written.
 */
export class McpGuard {
  readonly #client: McpTransport
  readonly #server: McpTransport
  readonly #options: McpGuardOptions
  readonly #asked: PendingRequests
  readonly #askedBack: PendingRequests
  readonly #fromClient: ClientSide
  readonly #fromServer: ServerSide
  readonly #serverRate: RateWindow
  #closed = false
  #toServer: Promise<void> = Promise.resolve()
  #toClient: Promise<void> = Promise.resolve()
  #onClose: () => void = () => undefined
  /** Settles when either side went away. */
  readonly closed: Promise<void> = new Promise((resolve) => {
    this.#onClose = resolve
  })

  constructor(client: McpTransport, server: McpTransport, options: McpGuardOptions) {
    this.#client = client
    this.#server = server
    this.#options = options
    const { timeoutMs = 60_000, serverMessagesPerSecond = 50, now = Date.now } = options
    const desk = new DefinitionDesk(options)
    this.#asked = new PendingRequests(MAX_PENDING, timeoutMs)
    this.#askedBack = new PendingRequests(MAX_PENDING, timeoutMs)
    this.#fromClient = new ClientSide(options, desk)
    this.#fromServer = new ServerSide(options, desk)
    this.#serverRate = new RateWindow(serverMessagesPerSecond, 1000, now)
  }

  /** Connects both sides. */
  async start(): Promise<void> {
    const client = this.#client
    const server = this.#server
    // A transport of the SDK has one listener of each kind, a property of its own.
    Object.assign(client, {
      onmessage: (message: RpcMessage) => this.#queueFromClient(message),
      onclose: () => void this.close(),
      // A line that is no message is the sender's fault and is left out; the connection stands.
      onerror: () => this.#notice('The client sent something that is no message.'),
    })
    Object.assign(server, {
      onmessage: (message: RpcMessage) => this.#queueFromServer(message),
      onclose: () => void this.close(),
      onerror: () => this.#notice('The server sent something that is no message, or cannot be reached.'),
    })
    await server.start()
    await client.start()
  }

  /** Ends both sides; whoever waits for an answer gets an error. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#askedBack.clear()
    const waiting = this.#asked.clear()
    await Promise.allSettled(
      waiting.map((id) => this.#sendClient(errorFor(id, RPC.internal, 'The server ended before it answered.'))),
    )
    await Promise.allSettled([this.#server.close(), this.#client.close()])
    this.#onClose()
  }

  #queueFromClient(message: RpcMessage): void {
    this.#toServer = this.#toServer.then(() => this.#handle(() => this.#takeFromClient(message), message))
  }

  #queueFromServer(message: RpcMessage): void {
    // What nobody waits for is counted before it is queued: a flood must not fill the memory.
    const isAnswer = !('method' in message)
    if (!isAnswer && !this.#serverRate.take()) {
      if (isRequest(message)) void this.#sendServer(errorFor(message.id, RPC.busy, 'Too many messages.'))
      return
    }
    if (isAnswer && (message.id === undefined || !this.#asked.has(message.id))) return
    this.#toClient = this.#toClient.then(() => this.#handle(() => this.#takeFromServer(message), message))
  }

  /** A message that cannot be judged does not pass, and nothing of it is quoted. */
  async #handle(take: () => Promise<void>, message: RpcMessage): Promise<void> {
    try {
      await take()
    } catch {
      this.#notice('A message could not be judged and was refused.')
      if (isRequest(message)) return
      if (!isNotification(message) && message.id !== undefined) {
        const failed = errorFor(message.id, RPC.internal, 'The answer could not be judged.')
        await this.#sendClient(failed).catch(() => undefined)
      }
    }
  }

  async #takeFromClient(message: RpcMessage): Promise<void> {
    if (isTooLong(message, this.#options)) {
      if (isRequest(message)) await this.#sendClient(errorFor(message.id, RPC.refused, 'The message is too long.'))
      return
    }
    if (isRequest(message)) {
      const { id, method, params = {} } = message
      const outcome = await this.#fromClient.request(message)
      if ('answer' in outcome) return this.#sendClient(outcome.answer)
      const meta = params['_meta'] as { readonly progressToken?: string | number } | undefined
      const pending = {
        method,
        params: outcome.message.params ?? {},
        ...(meta?.progressToken !== undefined && { progressToken: meta.progressToken }),
      }
      const isAdded = this.#asked.add(id, pending, () => {
        void this.#sendClient(errorFor(id, RPC.timeout, 'The server did not answer in time.'))
        const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } } as const
        void this.#sendServer(cancelled)
      })
      if (!isAdded) return this.#sendClient(errorFor(id, RPC.busy, 'Too many requests are under way.'))
      return this.#sendServer(outcome.message)
    }
    if (isNotification(message)) {
      const passed = await this.#fromClient.notification(message)
      return passed && this.#sendServer(passed)
    }
    const asked = message.id === undefined ? undefined : this.#askedBack.take(message.id)
    if (asked) await this.#sendServer(await this.#fromClient.answer(message, asked))
  }

  async #takeFromServer(message: RpcMessage): Promise<void> {
    if (isRequest(message)) {
      if (isTooLong(message, this.#options)) {
        return this.#sendServer(errorFor(message.id, RPC.refused, 'The message is too long.'))
      }
      const outcome = await this.#fromServer.request(message)
      if ('answer' in outcome) return this.#sendServer(outcome.answer)
      const { id, method } = message
      const isAdded = this.#askedBack.add(id, { method, params: message.params ?? {} }, () => {
        void this.#sendServer(errorFor(id, RPC.timeout, 'The client did not answer in time.'))
      })
      if (!isAdded) return this.#sendServer(errorFor(id, RPC.busy, 'Too many requests are under way.'))
      return this.#sendClient(outcome.message)
    }
    if (isNotification(message)) {
      if (isTooLong(message, this.#options)) return undefined
      const passed = await this.#fromServer.notification(message)
      return passed && this.#sendClient(passed)
    }
    const asked = message.id === undefined ? undefined : this.#asked.take(message.id)
    if (!asked || message.id === undefined) return undefined
    if (isTooLong(message, this.#options)) {
      return this.#sendClient(errorFor(message.id, RPC.refused, 'The answer of the server is too long.'))
    }
    const answer = await this.#fromServer
      .answer(message, asked)
      .catch(() =>
        errorFor(message.id as string | number, RPC.internal, 'The answer of the server could not be judged.'),
      )
    if (asked.method === 'initialize' && 'result' in answer) {
      const { protocolVersion } = answer.result
      if (typeof protocolVersion === 'string') this.#server.setProtocolVersion?.(protocolVersion)
    }
    return this.#sendClient(answer)
  }

  async #sendClient(message: RpcMessage): Promise<void> {
    // A transport with a stream per request has to know which one a message belongs to.
    const params = 'params' in message ? message.params : undefined
    const related = 'method' in message ? this.#asked.idFor(params?.['progressToken']) : undefined
    const options = related === undefined ? undefined : ({ relatedRequestId: related } as never)
    await this.#client.send(message as never, options)
  }

  async #sendServer(message: RpcMessage): Promise<void> {
    await this.#server.send(message as never)
  }

  #notice(text: string): void {
    this.#options.onNotice?.(`${this.#options.server}: ${text}`)
  }
}

function isTooLong(message: RpcMessage, { maxMessage = 4_000_000 }: McpGuardOptions): boolean {
  return JSON.stringify(message).length > maxMessage
}
