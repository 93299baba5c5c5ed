import type { LanguageModel, ModelCall, ModelPart, PartStream } from './language-model.ts'

/** What a scripted model says next: a text, tool calls, a failure, or something made from the call. */
export type ScriptedAnswer =
  | string
  | { readonly toolCalls: readonly { readonly name: string; readonly input: unknown }[] }
  | Error
  | ((call: ModelCall) => string)

export interface ScriptedModel extends LanguageModel {
  readonly specificationVersion: 'v3'
  /** The calls so far. */
  readonly calls: readonly ModelCall[]
}

export interface ScriptOptions {
  readonly modelId?: string
  /** UTF-16 units of a streamed piece. Default 8. */
  readonly chunkLength?: number
}

/** A model that says what it was told to, in order, the last answer again and again: for tests and for trying things out. */
export function scriptedModel(answers: readonly ScriptedAnswer[], options: ScriptOptions = {}): ScriptedModel {
  const { modelId = 'scripted', chunkLength = 8 } = options
  const calls: ModelCall[] = []
  const next = (call: ModelCall): readonly ModelPart[] => {
    const answer = answers[Math.min(calls.length, answers.length - 1)] ?? ''
    calls.push(call)
    if (answer instanceof Error) throw answer
    if (typeof answer === 'object') {
      return answer.toolCalls.map(({ name, input }, at) => ({
        type: 'tool-call',
        toolCallId: `call-${calls.length}-${at}`,
        toolName: name,
        input: typeof input === 'string' ? input : JSON.stringify(input),
      }))
    }
    return [{ type: 'text', text: typeof answer === 'string' ? answer : answer(call) } as ModelPart]
  }
  return {
    specificationVersion: 'v3',
    provider: 'sallyport',
    modelId,
    calls,
    doGenerate: async (call: ModelCall) => {
      const content = next(call)
      return { content, warnings: [], ...ending(content) }
    },
    doStream: async (call: ModelCall) => ({ stream: streamOf(next(call), chunkLength) }),
  }
}

function ending(content: readonly ModelPart[]): { readonly finishReason: object; readonly usage: object } {
  const unified = content.some((part) => part.type === 'tool-call') ? 'tool-calls' : 'stop'
  return {
    finishReason: { unified, raw: unified },
    usage: { inputTokens: { total: 10 }, outputTokens: { total: 5 } },
  }
}

function streamOf(content: readonly ModelPart[], chunkLength: number): PartStream {
  const parts = content.flatMap((part): ModelPart[] => {
    if (part.type !== 'text') return [part]
    const { text } = part as ModelPart & { readonly text: string }
    const pieces = text.match(new RegExp(`[^]{1,${chunkLength}}`, 'g')) ?? []
    return [
      { type: 'text-start', id: '1' } as ModelPart,
      ...pieces.map((delta) => ({ type: 'text-delta', id: '1', delta })),
      { type: 'text-end', id: '1' } as ModelPart,
    ]
  })
  parts.push({ type: 'finish', ...ending(content) } as ModelPart)
  return new ReadableStream<ModelPart>({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
}
