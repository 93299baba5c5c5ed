import { generateText, jsonSchema, streamText, wrapLanguageModel } from 'ai'
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test'
import { gateMiddleware, guardLanguageModel } from 'sallyport/ai-sdk'
import { aiSdkHarness, contentOf, finishOf, type Sdk, streamPartsOf, USAGE } from './ai-sdk-harness.ts'
import type { Harness, Scripted } from './cases.ts'

function mockModel(script: Scripted, sent: string[]): MockLanguageModelV3 {
  return new MockLanguageModelV3({
    doGenerate: async ({ prompt }) => {
      sent.push(JSON.stringify(prompt))
      return { content: contentOf(script) as never, finishReason: finishOf(script), usage: USAGE, warnings: [] }
    },
    doStream: async ({ prompt }) => {
      sent.push(JSON.stringify(prompt))
      return { stream: simulateReadableStream({ chunks: streamPartsOf(script) as never }) }
    },
  })
}

const shared = { generateText, streamText, jsonSchema, mockModel } as unknown as Omit<Sdk, 'guard'>

export const ai6: readonly Harness[] = [
  aiSdkHarness('AI SDK 6, guardLanguageModel', {
    ...shared,
    guard: (model, settings) => guardLanguageModel(model as MockLanguageModelV3, settings),
  }),
  aiSdkHarness('AI SDK 6, gateMiddleware', {
    ...shared,
    guard: (model, settings) =>
      wrapLanguageModel({ model: model as MockLanguageModelV3, middleware: gateMiddleware(settings) }),
  }),
]
