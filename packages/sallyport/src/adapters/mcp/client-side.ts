import { GateRefusal } from '../core/gate-refusal.ts'
import { GatedCall } from '../core/gated-call.ts'
import type { DefinitionDesk } from './definition-desk.ts'
import type { McpGuardOptions } from './guard-options.ts'
import {
  errorFor,
  isResult,
  type Json,
  RPC,
  type RpcError,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  type RpcResult,
} from './json-rpc.ts'
import type { PendingRequest } from './pending-requests.ts'
import { TO_SERVER } from './places.ts'
import { RateWindow } from './rate-window.ts'

/** Either the request goes on, or the guard answers it. */
export type RequestOutcome = { readonly message: RpcRequest } | { readonly answer: RpcResult | RpcError }

/** What a client may ask. Others are refused: a method that the guard does not know may carry anything. */
const REQUESTS: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'completion/complete',
  'logging/setLevel',
])
const NOTIFICATIONS: ReadonlySet<string> = new Set([
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/roots/list_changed',
])

/** Judges what the client sends: names of tools, arguments, and its answers to the server. */
export class ClientSide {
  readonly #options: McpGuardOptions
  readonly #desk: DefinitionDesk
  readonly #calls: RateWindow

  constructor(options: McpGuardOptions, desk: DefinitionDesk) {
    this.#options = options
    this.#desk = desk
    this.#calls = new RateWindow(options.callsPerMinute ?? 120, 60_000, options.now ?? Date.now)
  }

  async request(message: RpcRequest): Promise<RequestOutcome> {
    const { id, method, params = {} } = message
    if (!REQUESTS.has(method))
      return { answer: errorFor(id, RPC.methodNotFound, 'The guard does not know this method.') }
    try {
      if (method === 'tools/call') return { message: await this.#toolCall(message, params) }
      if (method === 'prompts/get') await this.#mayUse('prompts', params['name'])
      if (method === 'initialize' || method === 'ping') return { message }
      return { message: await this.#outgoing(message, params) }
    } catch (error) {
      if (!(error instanceof GateRefusal)) throw error
      this.#options.onNotice?.(`${this.#options.server}: ${method} was refused. ${error.message}`)
      return { answer: refusalOf(method, id, error) }
    }
  }

  async notification(message: RpcNotification): Promise<RpcNotification | undefined> {
    if (!NOTIFICATIONS.has(message.method)) return undefined
    if (message.params === undefined) return message
    try {
      return await this.#outgoing(message, message.params)
    } catch (error) {
      if (error instanceof GateRefusal) return undefined
      throw error
    }
  }

  /** An answer to what the server asked: sampled text, what a person typed, names of folders. */
  async answer(message: RpcMessage, asked: PendingRequest): Promise<RpcMessage> {
    if (!isResult(message)) return message
    try {
      const call = this.#call(asked.method)
      const { value } = await call.answer(message.result, TO_SERVER, () => TO_SERVER, 'tool-call')
      await call.end()
      return value === message.result ? message : { ...message, result: value }
    } catch (error) {
      if (error instanceof GateRefusal) return errorFor(message.id, RPC.refused, 'The answer was refused by policy.')
      throw error
    }
  }

  async #toolCall(message: RpcRequest, params: Json): Promise<RpcRequest> {
    const name = params['name']
    if (!this.#calls.take())
      await this.#call('tools/call').refuse('tool-call', 'Too many tool calls a minute.', [], 'rate-limited')
    await this.#mayUse('tools', name)
    const call = this.#call(String(name))
    call.definitions = this.#desk.tools
    const args = params['arguments'] ?? {}
    const { value } = await call.toolCalls(
      args,
      TO_SERVER,
      () => TO_SERVER,
      (input) => [{ tool: String(name), input, callId: String(message.id) }],
    )
    await call.end()
    return value === args ? message : { ...message, params: { ...params, arguments: value } }
  }

  async #mayUse(kind: 'tools' | 'prompts', name: unknown): Promise<void> {
    const fault = await this.#desk.useFault(kind, name)
    if (fault !== undefined) await this.#call(kind).refuse('tool-call', fault)
  }

  async #outgoing<Message extends RpcRequest | RpcNotification>(message: Message, params: Json): Promise<Message> {
    const call = this.#call(message.method)
    const { value } = await call.answer(params, TO_SERVER, () => TO_SERVER, 'tool-call')
    await call.end()
    return value === params ? message : { ...message, params: value }
  }

  #call(what: string): GatedCall {
    return new GatedCall(this.#options, `${this.#options.server} ${what}`)
  }
}

/** A refused tool call is a result that the model reads, as the protocol asks; everything else is an error. */
function refusalOf(method: string, id: string | number, refusal: GateRefusal): RpcResult | RpcError {
  const text = `Refused by policy: ${refusal.message}`
  if (method !== 'tools/call') return errorFor(id, RPC.refused, text)
  return { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }], isError: true } }
}
