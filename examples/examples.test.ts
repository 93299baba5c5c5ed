import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startGateway } from '@sallyport/gateway'
import { expect, it } from 'vitest'

const tsx = createRequire(import.meta.url).resolve('tsx')
const run = promisify(execFile)

/** Runs an example as a reader would, on the sources. */
async function example(name: string, environment: Record<string, string> = {}): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['--conditions', 'sallyport-source', '--import', tsx, resolve(import.meta.dirname, name)],
    { env: { ...process.env, ...environment } },
  )
  return stdout
}

it('the first example blocks an attack, redacts a card and keeps an image from loading', async () => {
  const output = await example('block-an-attack.ts')
  expect(output).toMatch(/^block\n/)
  expect(output).toContain('override-prior Asks to set aside the instructions in force.')
  expect(output).toContain('redact Charge my card [CREDIT_CARD], please.')
  expect(output).toContain('Here: ')
  expect(output).toContain('Done.')
  expect(output).not.toContain('evil.example/?q')
})

it('the openai client streams redacted text and learns why an attack was refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-example-'))
  const key = `sp-client-${'k3Y'.repeat(12)}`
  const environment = { SALLYPORT_DATA: folder, SALLYPORT_PORT: '0', SALLYPORT_BOOTSTRAP_CLIENT_KEY: key }
  const gateway = await startGateway({ environment })
  try {
    const output = await example('openai-client.ts', { SALLYPORT_URL: `${gateway.url}/v1`, SALLYPORT_KEY: key })
    expect(output).toContain('[CREDIT_CARD]')
    expect(output).toMatch(/^400 content_filter /m)
  } finally {
    await gateway.close()
    await rm(folder, { recursive: true })
  }
})
