import { describe, it } from 'vitest'
import { ai6 } from './ai-6.ts'
import type { Harness } from './cases.ts'
import { claimsFor } from './contract.ts'
import { http } from './http.ts'
import { langchain } from './langchain.ts'
import { openaiClient } from './openai-client.ts'

const harnesses: readonly Harness[] = [...ai6, openaiClient, langchain, ...http]

describe.each(harnesses.map((harness) => ({ name: harness.name, harness })))('$name', ({ harness }) => {
  describe.each(['whole', 'stream'] as const)('%s', (mode) => {
    it.each(claimsFor(harness).map((claim) => ({ title: claim.title, claim })))('$title', async ({ claim }) => {
      // A broken claim throws and says what did not hold.
      await claim.check(harness, mode)
    })
  })
})
