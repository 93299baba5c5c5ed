/**
 * Limiters in memory beside each other: checks per second and bytes per key at a million keys of 36 characters.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/limits.ts [--keys 10000,1000000] [--json FILE]
 *
 * Each limiter runs in a process of its own, so that none pays for another's garbage. Rates are per second of processor
 * time (user and system, garbage collection on other threads included), median of the rounds: what else the machine does
 * counts less that way. Memory is the growth of heap and array buffers after collection; the keys themselves exist before and are not counted,
 * unless a limiter keeps copies. `admitted`: every key in random order, below its limit. `hot`: 10,000 keys in turn, most
 * checks refused. A check of a million keys in random order is mostly waiting for memory, the caller's own
 * key included; the row of 10,000 keys shows the work itself.
 *
 * Caveat: rate-limiter-flexible counts one fixed window here and answers with promises, ours two sliding windows at once.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createLimiter, memoryStore } from '../packages/sallyport/src/limits/index.ts'

interface Row {
  readonly keys: number
  readonly limiter: string
  readonly admittedPerSecond: number
  readonly hotPerSecond: number
  readonly bytesPerKey: number
}

type Check = (key: string) => unknown

const LIMITERS: Readonly<Record<string, (keys: number) => Check>> = {
  'sallyport, 10/min + 100/h, sliding': (keys) => {
    const limiter = createLimiter({ store: memoryStore({ maxKeys: keys }) })
    return (key) => limiter.check({ user: key })
  },
  'rate-limiter-flexible, 10/min, fixed': () => {
    const limiter = new RateLimiterMemory({ points: 10, duration: 60 })
    return (key) => limiter.consume(key).catch(() => undefined)
  },
}

const ROUNDS = 3

async function measure(name: string, count: number): Promise<Row> {
  const keys = Array.from({ length: count }, flatUuid)
  const order = Uint32Array.from({ length: count }, (_, at) => (at * 7_919) % count)
  const before = await memory()
  const check = LIMITERS[name]?.(count) as Check
  const admitted: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    admitted.push(await rate(count, (at) => check(keys[order[at] as number] as string)))
  }
  const bytesPerKey = Math.round(((await memory()) - before) / count)
  const hot: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    hot.push(await rate(Math.max(count, 1_000_000), (at) => check(keys[at % Math.min(count, 10_000)] as string)))
  }
  return { keys: count, limiter: name, admittedPerSecond: median(admitted), hotPerSecond: median(hot), bytesPerKey }
}

/** As one flat string: a key that is still a chain of pieces would shrink when it is read, and falsify the memory. */
function flatUuid(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1')
}

/** Checks per second of processor time. Promises are awaited a hundred at a time, as a busy server would. */
async function rate(count: number, check: (at: number) => unknown): Promise<number> {
  const before = process.cpuUsage()
  let pending: unknown[] = []
  for (let at = 0; at < count; at++) {
    const answer = check(at)
    if (!(answer instanceof Promise)) continue
    pending.push(answer)
    if (pending.length < 100) continue
    await Promise.all(pending)
    pending = []
  }
  await Promise.all(pending)
  const { user, system } = process.cpuUsage(before)
  return Math.round((count / (user + system)) * 1e6)
}

async function memory(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}

const { values } = parseArgs({
  options: { keys: { type: 'string', default: '10000,1000000' }, json: { type: 'string' }, only: { type: 'string' } },
})

if (values.only !== undefined) {
  process.send?.(await measure(values.only, Number(values.keys)))
} else {
  const rows: Row[] = []
  for (const keys of values.keys.split(',')) {
    for (const name of Object.keys(LIMITERS)) {
      const child = fork(fileURLToPath(import.meta.url), ['--only', name, '--keys', keys], {
        execArgv: [...process.execArgv, '--expose-gc', '--max-old-space-size=4096'],
      })
      rows.push(
        await new Promise<Row>((resolve, reject) => {
          child.once('message', (row) => resolve(row as Row))
          child.once('exit', (code) => reject(new Error(`The measuring process ended with ${code}.`)))
        }),
      )
    }
  }
  const report = { machine: { processor: cpus()[0]?.model, node: process.version }, rows }
  console.table(rows)
  console.log(JSON.stringify({ ...report, rows: undefined }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
}
