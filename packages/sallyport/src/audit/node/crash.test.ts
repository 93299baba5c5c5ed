import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { LogWriter } from './log-writer.ts'
import { searchLog } from './search-log.ts'
import { temporaryFolder } from './testing/log-fixture.ts'
import { verifyLog } from './verify-log.ts'

/** The long run sets SALLYPORT_CRASH_ROUNDS to 50 or more. */
const ROUNDS = Number(process.env['SALLYPORT_CRASH_ROUNDS'] ?? 10)
const CHILD = fileURLToPath(new URL('./testing/crash-child.ts', import.meta.url))

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the child until it is killed at a random moment; gives the numbers it was told are safe. */
async function crash(start: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, String(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const ended = once(child, 'exit')
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * 300)
    said += text
  })
  await ended
  // What stands in the pipe was said before the end.
  if (!child.stdout.readableEnded) await once(child.stdout, 'end')
  return said.split('\n').slice(1, -1).map(Number)
}

describe('a log that is all a process waits for', () => {
  it('keeps the process alive until everything is written and closed', async () => {
    const own = temporaryFolder()
    try {
      const script = fileURLToPath(new URL('./testing/close-child.ts', import.meta.url))
      const child = spawn(process.execPath, ['--import', 'tsx', script, own], { stdio: ['ignore', 'pipe', 'inherit'] })
      const said: string[] = []
      child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()))
      const [code] = (await once(child, 'close')) as [number]
      expect([code, said.join('')]).toEqual([0, 'closed\n'])
      expect([...searchLog(own)]).toHaveLength(10_000)
      expect(verifyLog(own).problems).toEqual([])
    } finally {
      rmSync(own, { recursive: true, force: true })
    }
  }, 60_000)
})

describe('a log whose process is killed', () => {
  it(
    `loses no acknowledged event in ${ROUNDS} crashes under load, and its chain verifies`,
    async () => {
      const acknowledged: number[] = []
      for (let round = 0; round < ROUNDS; round++) acknowledged.push(...(await crash(round * 1_000_000)))
      new LogWriter({ folder }).close()
      const report = verifyLog(folder)
      expect(report.problems).toEqual([])
      const written = new Set([...searchLog(folder)].map(({ event }) => event.id))
      expect(acknowledged.filter((number) => !written.has(`event-${number}`))).toEqual([])
      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 20)
    },
    30_000 + ROUNDS * 15_000,
  )
})
