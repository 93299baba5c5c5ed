import type { AdapterOptions } from '../core/adapter-options.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import { gateGenerate } from './gate-generate.ts'
import { gateRequest } from './gate-request.ts'
import { gateStream, REFUSED_FINISH } from './gate-stream.ts'
import type { AnswerPart, CallOptions, GenerateResult, GuardableModel, StreamResult } from './model-shape.ts'

/**
 * The same model inside the gates: prompts, tool definitions and tool results on the way in; text, reasoning, objects and
 * tool calls on the way out, whole or streamed. For `ai` 6 (specification v3) and `ai` 7 (v4).
 *
 * @example
 * ```ts
 * const model = guardLanguageModel(openai('gpt-5-mini'))
 * const { text } = await generateText({ model, prompt })
 * ```
 */
export function guardLanguageModel<Model extends GuardableModel>(model: Model, settings: AdapterOptions = {}): Model {
  return new Proxy(model, {
    get(target, name) {
      if (name === 'doGenerate') return (options: CallOptions) => guardedGenerate(target, options, settings)
      if (name === 'doStream') return (options: CallOptions) => guardedStream(target, options, settings)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

export async function guardedGenerate(
  model: GuardableModel,
  options: CallOptions,
  settings: AdapterOptions,
): Promise<GenerateResult> {
  try {
    const request = await gateRequest(options, model, settings)
    const result = (await model.doGenerate(request.options as never)) as GenerateResult
    return await gateGenerate(result, request.call, wantsJson(options))
  } catch (error) {
    const { finishReason, usage } = REFUSED_FINISH
    return {
      content: [{ type: 'text', text: refusalText(error, settings) }],
      finishReason,
      usage,
      warnings: [],
    }
  }
}

export async function guardedStream(
  model: GuardableModel,
  options: CallOptions,
  settings: AdapterOptions,
): Promise<StreamResult> {
  let request
  try {
    request = await gateRequest(options, model, settings)
  } catch (error) {
    const text = refusalText(error, settings)
    const parts: AnswerPart[] = [
      { type: 'stream-start', warnings: [] },
      { type: 'text-start', id: 'refusal' },
      { type: 'text-delta', id: 'refusal', delta: text },
      { type: 'text-end', id: 'refusal' },
      REFUSED_FINISH,
    ]
    return { stream: streamOf(parts) }
  }
  const result = (await model.doStream(request.options as never)) as StreamResult
  return { ...result, stream: gateStream(result.stream, request.call, wantsJson(options)) }
}

/** The words for a refusal; throws what is none, and refusals nobody has words for. */
function refusalText(error: unknown, { refusalText: words }: AdapterOptions): string {
  if (!words || !(error instanceof GateRefusal)) throw error
  return words(error)
}

function streamOf(parts: readonly AnswerPart[]): ReadableStream<AnswerPart> {
  return new ReadableStream<AnswerPart>({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
}

function wantsJson({ responseFormat }: CallOptions): boolean {
  return responseFormat?.type === 'json'
}
