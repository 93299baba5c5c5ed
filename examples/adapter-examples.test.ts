import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const tsx = createRequire(import.meta.url).resolve('tsx')
const run = promisify(execFile)

/** Runs an example as a reader would, on the sources. */
async function example(name: string): Promise<string> {
  const file = resolve(import.meta.dirname, name)
  const { stdout } = await run(process.execPath, ['--conditions', 'sallyport-source', '--import', tsx, file])
  return stdout
}

it('the AI SDK example answers, keeps the mail’s order from the model, cleans a stream and refuses the attack', async () => {
  const output = await example('ai-sdk.ts')
  expect(output).toContain('answer: Ann will arrive on Monday.')
  expect(output).toContain('the order in the mail reached the model: false')
  expect(output).toMatch(/^stream: Charged \[CREDIT_CARD\]\. .*Done\.$/m)
  expect(output).not.toContain('evil.example/?q=')
  expect(output).toMatch(/^refused: prompt-injection\//m)
})

it('the openai example streams a redacted card number and refuses the attack as the API would', async () => {
  const output = await example('openai-guard.ts')
  expect(output).toMatch(/^Your card \[CREDIT_CARD\] was charged\.$/m)
  expect(output).toMatch(/^400 content_filter 400 prompt-injection\//m)
})

it('the LangChain example streams a clean answer and refuses the attack', async () => {
  const output = await example('langchain.ts')
  expect(output).toMatch(/^stream: Charged \[CREDIT_CARD\]\. .*Done\.$/m)
  expect(output).not.toContain('evil.example/?q=')
  expect(output).toMatch(/^refused: prompt-injection\//m)
})

it('the routes example cleans answers and refuses the attack', async () => {
  const output = await example('http-routes.ts')
  expect(output).toContain('next: You said: Hello. Your card is [CREDIT_CARD].')
  expect(output).toContain('hono: You said: Hello. Your card is [CREDIT_CARD].')
  expect(output).toMatch(/^refused: 400 .*content_filter/m)
})
