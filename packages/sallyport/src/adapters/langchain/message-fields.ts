import type { BaseMessage } from '@langchain/core/messages'

/** What a message holds that is text or may hold it. */
export interface MessageFields {
  readonly type: string
  readonly content: unknown
  readonly [field: string]: unknown
}

const FIELDS = [
  'name',
  'tool_calls',
  'invalid_tool_calls',
  'tool_call_chunks',
  'additional_kwargs',
] as const satisfies readonly string[]

/** The texts of a message, in an object of their own. `artifact` of a tool message never reaches the model. */
export function fieldsOf(message: BaseMessage): MessageFields {
  const all = message as unknown as Readonly<Record<string, unknown>>
  const present = FIELDS.filter((field) => all[field] !== undefined)
  // The calls of a chunk are read off its pieces.
  const chunks = all['tool_call_chunks']
  const derived = Array.isArray(chunks) && chunks.length > 0 ? ['tool_calls', 'invalid_tool_calls'] : []
  return {
    type: message.getType(),
    content: message.content,
    ...Object.fromEntries(present.filter((field) => !derived.includes(field)).map((field) => [field, all[field]])),
  }
}

/** The message with other texts: the same object when nothing was edited. */
export function withFields<Message extends BaseMessage>(
  message: Message,
  before: MessageFields,
  after: MessageFields,
): Message {
  if (before === after) return message
  const { type: _type, ...texts } = after
  const metadata = { ...message.response_metadata }
  // Tokens tell the text as it was.
  delete metadata['logprobs']
  // A message keeps what it was made of in `lc_kwargs`: the copy must not carry that along.
  const own = Object.fromEntries(Object.entries(message).filter(([name]) => !name.startsWith('lc_')))
  return Reflect.construct(message.constructor, [{ ...own, ...texts, response_metadata: metadata }]) as Message
}
