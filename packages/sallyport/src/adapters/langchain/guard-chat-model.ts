import type { BaseChatModel, BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models'
import type { AdapterOptions } from '../core/adapter-options.ts'
import { GuardedChatModel } from './guarded-chat-model.ts'

/**
 * The chat model inside the gates: messages, tool definitions and tool results on the way in, text and tool calls on the
 * way out, whole or streamed. A refusal is thrown as `GateRefusal`; a stream that is refused midway ends with the finish
 * reason `content_filter`.
 *
 * @example
 * ```ts
 * const model = guardChatModel(new ChatOpenAI({ model: 'gpt-5-mini' }))
 * const answer = await model.bindTools([search]).invoke('What does the handbook say?')
 * ```
 */
export function guardChatModel<CallOptions extends BaseChatModelCallOptions>(
  model: BaseChatModel<CallOptions>,
  settings: AdapterOptions = {},
): GuardedChatModel<CallOptions> {
  return new GuardedChatModel(model, settings)
}
