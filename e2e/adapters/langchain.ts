import { BaseChatModel, type BaseChatModelCallOptions } from '@langchain/core/language_models/chat_models'
import {
  AIMessage,
  AIMessageChunk,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'
import type { Runnable } from '@langchain/core/runnables'
import { GateRefusal, guardChatModel } from 'sallyport/langchain'
import { pieces } from './ai-sdk-harness.ts'
import type { Asked, Harness, Mode, Observed, Scripted } from './cases.ts'
import { SEARCH, settingsOf } from './cases.ts'

const USAGE = { input_tokens: 11, output_tokens: 7, total_tokens: 18 }

/** A chat model as a provider would write one: answers as scripted and notes what it was asked. */
class ScriptedChatModel extends BaseChatModel {
  readonly script: Scripted
  readonly sent: string[]

  constructor(script: Scripted, sent: string[]) {
    super({})
    this.script = script
    this.sent = sent
  }

  override _llmType(): string {
    return 'scripted'
  }

  override bindTools(tools: object[]): Runnable<never, AIMessageChunk, BaseChatModelCallOptions> {
    return this.withConfig({ tools } as never) as never
  }

  override async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    this.sent.push(JSON.stringify(messages))
    const { text, toolCalls = [] } = this.script
    const calls = toolCalls.map(({ id, name, arguments: args }) => ({ id, name, args: JSON.parse(args) as object }))
    const message = new AIMessage({
      content: text,
      tool_calls: calls as never,
      usage_metadata: USAGE as never,
      response_metadata: { finish_reason: this.#finish() },
    })
    return { generations: [{ message, text }] }
  }

  override async *_streamResponseChunks(messages: BaseMessage[]): AsyncGenerator<ChatGenerationChunk> {
    this.sent.push(JSON.stringify(messages))
    const { text, toolCalls = [], chunk } = this.script
    const chunkOf = (fields: object): ChatGenerationChunk =>
      new ChatGenerationChunk({ message: new AIMessageChunk({ content: '', ...fields }), text: '' })
    for (const content of pieces(text, chunk)) yield chunkOf({ content })
    for (const [index, { id, name, arguments: args }] of toolCalls.entries()) {
      yield chunkOf({ tool_call_chunks: [{ index, id, name, args: '', type: 'tool_call_chunk' }] })
      for (const piece of pieces(args, chunk)) {
        yield chunkOf({ tool_call_chunks: [{ index, args: piece, type: 'tool_call_chunk' }] })
      }
    }
    yield chunkOf({ usage_metadata: USAGE, response_metadata: { finish_reason: this.#finish() } })
  }

  #finish(): string {
    return this.script.toolCalls ? 'tool_calls' : 'stop'
  }
}

export const langchain: Harness = {
  name: 'LangChain.js, guardChatModel',
  tools: true,
  ask: async (asked, scripted, mode, guarded) => {
    const sent: string[] = []
    const plain = new ScriptedChatModel(scripted, sent)
    const model = (guarded ? guardChatModel(plain, settingsOf(guarded)) : plain).bindTools([
      { type: 'function', function: SEARCH },
    ])
    return { sent, ...(await ask(model as never, asked, mode)) }
  },
}

async function ask(
  model: Runnable<BaseMessage[], AIMessageChunk>,
  asked: Asked,
  mode: Mode,
): Promise<Omit<Observed, 'sent'>> {
  try {
    let message: AIMessage | AIMessageChunk | undefined
    if (mode === 'whole') message = await model.invoke(messagesOf(asked))
    else
      for await (const chunk of await model.stream(messagesOf(asked)))
        message = message instanceof AIMessageChunk ? message.concat(chunk) : chunk
    const finish = message?.response_metadata['finish_reason'] as string | undefined
    return {
      refused: finish === 'content_filter',
      text: message?.text ?? '',
      toolCalls: (message?.tool_calls ?? []).map(({ name, args }) => ({ name, arguments: args as unknown })),
      finish,
      usage: message?.usage_metadata,
    }
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    return { refused: true, text: '', toolCalls: [], finish: undefined, usage: undefined }
  }
}

function messagesOf({ system, user, toolResult }: Asked): BaseMessage[] {
  const messages = [...(system === undefined ? [] : [new SystemMessage(system)]), new HumanMessage(user)]
  if (toolResult === undefined) return messages
  const { name, input, result } = toolResult
  return [
    ...messages,
    new AIMessage({ content: '', tool_calls: [{ id: 'call_0', name, args: input as never }] }),
    new ToolMessage({ tool_call_id: 'call_0', name, content: JSON.stringify(result) }),
  ]
}
