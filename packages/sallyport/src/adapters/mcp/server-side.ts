import { GateRefusal } from '../core/gate-refusal.ts'
import { GatedCall } from '../core/gated-call.ts'
import type { RequestOutcome } from './client-side.ts'
import type { DefinitionDesk } from './definition-desk.ts'
import type { McpGuardOptions } from './guard-options.ts'
import {
  errorFor,
  isJson,
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
import { FROM_SERVER, serverPlace } from './places.ts'
import { withholdMedia } from './withhold-media.ts'

const REQUESTS: ReadonlySet<string> = new Set(['ping', 'sampling/createMessage', 'elicitation/create', 'roots/list'])
const NOTIFICATIONS: ReadonlySet<string> = new Set([
  'notifications/cancelled',
  'notifications/progress',
  'notifications/message',
  'notifications/resources/updated',
  'notifications/resources/list_changed',
  'notifications/tools/list_changed',
  'notifications/prompts/list_changed',
  'notifications/elicitation/complete',
])

/** The lists of definitions: where they stand in a result. */
const LISTS = {
  'tools/list': 'tools',
  'prompts/list': 'prompts',
  'resources/list': 'resources',
  'resources/templates/list': 'resourceTemplates',
} as const

/** Results that a model will read: their readers are told not to trust them. */
const UNTRUSTED: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read'])

/** Judges what the server sends: definitions, results, and what it asks of the client. */
export class ServerSide {
  readonly #options: McpGuardOptions
  readonly #desk: DefinitionDesk

  constructor(options: McpGuardOptions, desk: DefinitionDesk) {
    this.#options = options
    this.#desk = desk
  }

  async request(message: RpcRequest): Promise<RequestOutcome> {
    const { id, method } = message
    if (!REQUESTS.has(method))
      return { answer: errorFor(id, RPC.methodNotFound, 'The guard does not know this method.') }
    if (method === 'sampling/createMessage' && this.#options.allowSampling !== true) {
      this.#options.onNotice?.(`${this.#options.server}: the server asked for the client's model and was refused.`)
      return { answer: errorFor(id, RPC.refused, 'Sampling is not allowed.') }
    }
    try {
      return { message: await this.#incoming(message) }
    } catch (error) {
      if (!(error instanceof GateRefusal)) throw error
      return { answer: errorFor(id, RPC.refused, 'Refused by policy.') }
    }
  }

  async notification(message: RpcNotification): Promise<RpcNotification | undefined> {
    if (!NOTIFICATIONS.has(message.method)) return undefined
    try {
      return await this.#incoming(message)
    } catch (error) {
      if (error instanceof GateRefusal) return undefined
      throw error
    }
  }

  async answer(message: RpcMessage, asked: PendingRequest): Promise<RpcResult | RpcError> {
    if (!isResult(message)) return this.#error(message as RpcError)
    const { method } = asked
    if (method === 'initialize') return { ...message, result: await this.#initialized(message.result) }
    if (Object.hasOwn(LISTS, method)) {
      const kind = LISTS[method as keyof typeof LISTS]
      const list = message.result[kind]
      const admitted = await this.#desk.admit(kind, list)
      const isWhole = Array.isArray(list) && list.length === admitted.length
      return isWhole ? message : { ...message, result: { ...message.result, [kind]: admitted } }
    }
    try {
      const result = this.#options.allowMedia === true ? message.result : withholdMedia(message.result)
      const call = this.#call(method)
      const { value } = await call.answer(result, FROM_SERVER, serverPlace, 'tool-result')
      await call.end()
      if (!UNTRUSTED.has(method)) return value === message.result ? message : { ...message, result: value }
      const meta = isJson(value['_meta']) ? value['_meta'] : {}
      return { ...message, result: { ...value, _meta: { ...meta, 'sallyport/integrity': 'untrusted' } } }
    } catch (error) {
      if (!(error instanceof GateRefusal)) throw error
      return errorFor(message.id, RPC.refused, `The result was refused by policy: ${error.message}`)
    }
  }

  /** Instructions are orders by their nature: they are pinned like a definition, and left out when they are not accepted. */
  async #initialized(result: Json): Promise<Json> {
    const { instructions, serverInfo } = result
    const safe: Record<string, unknown> = { ...result }
    if (typeof instructions === 'string') {
      const admitted = await this.#desk.admit('instructions', [{ name: 'instructions', instructions }])
      if (admitted.length === 0) delete safe['instructions']
    }
    if (isJson(serverInfo)) {
      const { value } = await this.#call('initialize').answer(serverInfo, FROM_SERVER, serverPlace, 'tool-result')
      safe['serverInfo'] = value
    }
    return safe
  }

  /** An error may say what it likes to the model. */
  async #error(message: RpcError): Promise<RpcError> {
    const { code, message: text } = message.error
    const isClean = await this.#call('error').isClean(message.error, { ...FROM_SERVER, as: 'free' })
    return isClean
      ? message
      : { ...message, error: { code, message: text === '' ? '' : 'The server reported an error.' } }
  }

  async #incoming<Message extends RpcRequest | RpcNotification>(message: Message): Promise<Message> {
    const { params } = message
    if (params === undefined) return message
    const call = this.#call(message.method)
    const { value } = await call.answer(params, FROM_SERVER, serverPlace, 'tool-result')
    await call.end()
    return value === params ? message : { ...message, params: value }
  }

  #call(what: string): GatedCall {
    return new GatedCall(this.#options, `${this.#options.server} ${what}`)
  }
}
