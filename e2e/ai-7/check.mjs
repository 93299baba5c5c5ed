// The adapter contract with `ai` 7 (specification v4), which needs Node 22. Run by run.sh on the built library.
import { generateText, jsonSchema, streamText, wrapLanguageModel } from 'ai'
import { MockLanguageModelV4, simulateReadableStream } from 'ai/test'
import { gateMiddleware, guardLanguageModel } from '../../packages/sallyport/dist/adapters/ai-sdk/index.js'
import { aiSdkHarness, contentOf, finishOf, streamPartsOf, USAGE } from '../adapters/ai-sdk-harness.ts'
import { claimsFor } from '../adapters/contract.ts'

function mockModel(script, sent) {
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      sent.push(JSON.stringify(prompt))
      return { content: contentOf(script), finishReason: finishOf(script), usage: USAGE, warnings: [] }
    },
    doStream: async ({ prompt }) => {
      sent.push(JSON.stringify(prompt))
      return { stream: simulateReadableStream({ chunks: streamPartsOf(script) }) }
    },
  })
}

const shared = { generateText, streamText, jsonSchema, mockModel }
const harnesses = [
  aiSdkHarness('AI SDK 7, guardLanguageModel', {
    ...shared,
    guard: (model, settings) => guardLanguageModel(model, settings),
  }),
  aiSdkHarness('AI SDK 7, gateMiddleware', {
    ...shared,
    guard: (model, settings) => wrapLanguageModel({ model, middleware: gateMiddleware(settings, 'v4') }),
  }),
]

let failed = 0
let held = 0
for (const harness of harnesses) {
  for (const mode of ['whole', 'stream']) {
    for (const { title, check } of claimsFor(harness)) {
      try {
        await check(harness, mode)
        held++
      } catch (error) {
        failed++
        console.error(`BROKEN ${harness.name}, ${mode}: ${title}\n  ${error instanceof Error ? error.stack : error}`)
      }
    }
  }
}
console.log(`ai 7 on Node ${process.version}: ${held} claims hold, ${failed} broken`)
process.exitCode = failed === 0 && held > 0 ? 0 : 1
