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

it('the guide’s agent answers, cleans its answer and refuses the attack with a reason and an event', async () => {
  const output = await example('agent-guide.ts')
  expect(output).toContain('Your order left on Monday.')
  expect(output).toContain('event policy_violation redact user-1')
  expect(output).toMatch(/^info Open <b>Settings<\/b>\./m)
  expect(output).not.toContain('<img')
  expect(output).toContain('event injection_attempt block user-2')
})

it('the support agent uses its tool, ignores the order written into the result and answers in its types', async () => {
  const output = await example('agent-support.ts')
  expect(output).toContain('order 0.93 Order 1042 is <b>on its way</b>. 0')
  expect(output).toMatch(/^prompt-injection\/[\w-]+ in tool-result: redact$/m)
})

it('the streamed answer reaches the terminal without its card number and its escape sequence', async () => {
  const output = await example('agent-stream.ts')
  expect(output).toBe('Your card [CREDIT_CARD] was charged once.\ndone\n')
})

it('the guide’s services keep the key unseen, limit, sanitize, read the configuration and keep a log that verifies', async () => {
  const output = await example('guide-services.ts')
  expect(output).toContain('key [secret] true')
  expect(output).toContain('allowed 10 of 12')
  expect(output).toMatch(/^html Open <b>Settings<\/b>\./m)
  expect(output).not.toContain('<script')
  expect(output).toContain("sql 'O''Brien'")
  expect(output).toContain('config demo 4096 60')
  expect(output).toContain('log intact true')
})
