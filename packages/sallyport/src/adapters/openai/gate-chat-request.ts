import type { ConversationText } from '../../guard/guard.ts'
import type { AdapterOptions } from '../core/adapter-options.ts'
import type { GatedCall, Judged } from '../core/gated-call.ts'
import { isJson, type Json, listOf } from './chat-json.ts'
import { definitionsOf, messagesByOrigin } from './messages-by-origin.ts'
import { REQUEST, requestPlace } from './places.ts'

/**
 * Puts a request to `/chat/completions` through the gates.
 *
 * @throws GateRefusal
 */
export async function gateChatRequest(request: Json, call: GatedCall, settings: AdapterOptions): Promise<Judged<Json>> {
  if (settings.allowHosted !== true) {
    const hosted = hostedFeature(request)
    if (hosted !== undefined)
      await call.refuse('request', `"${hosted}" passes no gate and is not allowed (option allowHosted).`)
  }
  const messages = listOf(request['messages'])
  const newest = messages.findLastIndex(({ role }) => role === 'user')
  call.definitions = definitionsOf(request)
  const judged = await call.request(request, REQUEST, requestPlace, {
    conversationOf: messagesByOrigin,
    isOld: (path) => {
      const index = Number(/^\/messages\/(\d+)\//.exec(path)?.[1] ?? Infinity)
      const role = messages[index]?.['role']
      return index < newest && role !== 'system' && role !== 'developer'
    },
  })
  call.conversation = conversationText(listOf(judged.value['messages']))
  return judged
}

/** What runs or is kept at the provider, where no gate sees it. */
function hostedFeature(request: Json): string | undefined {
  if (request['web_search_options'] !== undefined && request['web_search_options'] !== null) return 'web_search_options'
  if (request['store'] === true) return 'store'
  const tool = listOf(request['tools']).find(({ type }) => type !== 'function' && type !== 'custom')
  return tool === undefined ? undefined : 'tools of the provider'
}

/** What the answer is compared with: the texts as the model gets them. */
function conversationText(messages: readonly Json[]): ConversationText {
  const of = (...roles: readonly unknown[]): string[] =>
    messages.filter(({ role }) => roles.includes(role)).flatMap(({ content }) => textsOf(content))
  return { system: of('system', 'developer'), written: of('user'), said: of('assistant'), read: of('tool', 'function') }
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  return listOf(content).flatMap((part) => (isJson(part) && typeof part['text'] === 'string' ? [part['text']] : []))
}
