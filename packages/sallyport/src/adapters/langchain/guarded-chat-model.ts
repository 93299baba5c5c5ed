import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base'
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models'
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs'
import { type Runnable, RunnableBinding } from '@langchain/core/runnables'
import type { AdapterOptions } from '../core/adapter-options.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import { GatedCall } from '../core/gated-call.ts'
import { gateChunks } from './gate-chunks.ts'
import { gateAnswer, gateDefinitions, gateMessages } from './gate-messages.ts'

/** A chat model inside the gates. It has no tools, no cache and no callbacks of its own: those are the caller's. */
export class GuardedChatModel<
  CallOptions extends BaseChatModelCallOptions = BaseChatModelCallOptions,
> extends BaseChatModel<CallOptions> {
  readonly inner: BaseChatModel<CallOptions>
  readonly #settings: AdapterOptions

  constructor(inner: BaseChatModel<CallOptions>, settings: AdapterOptions = {}) {
    super({})
    this.inner = inner
    this.#settings = settings
  }

  override get callKeys(): string[] {
    return this.inner?.callKeys ?? super.callKeys
  }

  override _llmType(): string {
    // The base class asks before the constructor is through.
    return this.inner?._llmType() ?? 'guarded'
  }

  override invocationParams(options?: this['ParsedCallOptions']): unknown {
    return this.inner.invocationParams(options) as unknown
  }

  override bindTools(
    tools: BindToolsInput[],
    kwargs?: Partial<CallOptions>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, CallOptions> {
    const bound: unknown = this.inner.bindTools?.(tools, kwargs)
    if (bound instanceof RunnableBinding) {
      const { config, kwargs: more } = bound as RunnableBinding<BaseLanguageModelInput, AIMessageChunk, CallOptions>
      return new RunnableBinding({ bound: this, config, ...(more !== undefined && { kwargs: more }) })
    }
    if (bound instanceof BaseChatModel) {
      return new GuardedChatModel(bound as BaseChatModel<CallOptions>, this.#settings)
    }
    throw new TypeError(`${this.inner.getName()} cannot bind tools.`)
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    try {
      const call = await this.#request(messages, options)
      // Without the callbacks of the run: they would hear of texts that no gate has seen.
      const result = await this.inner._generate(call.messages, options)
      const generations = []
      for (const generation of result.generations) {
        const message = await gateAnswer(generation.message, call.call)
        const { generationInfo: { logprobs: _dropped, ...info } = {} } = generation
        generations.push({
          ...generation,
          message,
          text: message.text,
          ...((await call.call.isClean(info)) ? { generationInfo: info } : { generationInfo: {} }),
        })
      }
      await call.call.end()
      return { ...result, generations }
    } catch (error) {
      const message = this.#refusalMessage(error)
      return { generations: [{ message, text: message.text }] }
    }
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    run?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for await (const chunk of this.#chunks(messages, options)) {
      yield chunk
      await run?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk })
    }
  }

  async *#chunks(messages: BaseMessage[], options: this['ParsedCallOptions']): AsyncGenerator<ChatGenerationChunk> {
    const streams = this.inner._streamResponseChunks !== BaseChatModel.prototype._streamResponseChunks
    if (!streams) {
      const { generations } = await this._generate(messages, options)
      for (const { message, text } of generations) yield chunkOf(message, text)
      return
    }
    let request
    try {
      request = await this.#request(messages, options)
    } catch (error) {
      const message = this.#refusalMessage(error)
      yield chunkOf(message, message.text)
      return
    }
    yield* gateChunks(this.inner._streamResponseChunks(request.messages, options), request.call)
  }

  async #request(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
  ): Promise<{ readonly call: GatedCall; readonly messages: BaseMessage[] }> {
    const call = new GatedCall(this.#settings, this.inner.getName())
    await gateDefinitions((options as { readonly tools?: unknown } | undefined)?.tools, call)
    return { call, messages: await gateMessages(messages, call) }
  }

  /** The answer for a refusal; throws what is none, and refusals nobody has words for. */
  #refusalMessage(error: unknown): AIMessage {
    const { refusalText } = this.#settings
    if (!refusalText || !(error instanceof GateRefusal)) throw error
    return new AIMessage({ content: refusalText(error), response_metadata: { finish_reason: 'content_filter' } })
  }
}

function chunkOf(message: BaseMessage, text: string): ChatGenerationChunk {
  const { content, additional_kwargs, response_metadata, id } = message
  const calls: AIMessage | undefined = AIMessage.isInstance(message) ? message : undefined
  return new ChatGenerationChunk({
    text,
    message: new AIMessageChunk({
      content,
      additional_kwargs,
      response_metadata,
      ...(id !== undefined && { id }),
      ...(calls?.tool_calls && { tool_calls: calls.tool_calls }),
      ...(calls?.usage_metadata !== undefined && { usage_metadata: calls.usage_metadata as never }),
    }),
  })
}
