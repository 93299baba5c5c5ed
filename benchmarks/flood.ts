/**
 * Valid traffic with and without a flood of requests with a wrong key, in the same run: windows of one kind and the other
 * in turn, their medians compared. Also the processor time of one refused request, and how much the log grew.
 *
 *   npm run build && npx tsx benchmarks/flood.ts [--rounds 5] [--seconds 4] [--flood 1000] [--valid 200] [--json FILE]
 *
 * `--valid 0` drives the gateway to its limit; a flood then costs at least its share of the processor.
 *
 * Caveats: loopback; the senders of both kinds run on the same processors as the gateway, so that part of the slowdown
 * is theirs. The processor time of a refused request is the gateway's alone.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { requestOf } from './gateway/payload.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    /** Requests with a wrong key a second. */
    flood: { type: 'string', default: '1000' },
    /** Valid requests a second that are asked for; 0: as many as 16 connections get answered. */
    valid: { type: 'string', default: '200' },
    json: { type: 'string' },
  },
})
const seconds = Number(values.seconds)

const mock = start('./gateway/mock-upstream.ts', ['1'])
const { port } = await hears<{ readonly port: number }>(mock)
const gateway = start('./gateway/gateway-under-test.js', [`http://127.0.0.1:${port}/v1`, 'recommended'])
const { url, key, folder } = await hears<{ readonly url: string; readonly key: string; readonly folder: string }>(
  gateway,
)
const base = `${url}/v1`

interface Window {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
}

try {
  await valid(3)
  const quiet: Window[] = []
  const flooded: Window[] = []
  let refused = 0
  for (let round = 0; round < Number(values.rounds); round++) {
    quiet.push(await valid(seconds))
    const flood = sendFlood(seconds + 1)
    flooded.push(await valid(seconds))
    refused += await flood
  }
  const before = { cpu: await cpuMs(), log: logBytes() }
  const alone = await sendFlood(seconds)
  const refusedMs = ((await cpuMs()) - before.cpu) / alone
  // The log counts by the second.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const rows = [
    { traffic: 'valid alone', ...medians(quiet) },
    { traffic: `valid, ${values.flood} wrong keys/s`, ...medians(flooded) },
  ]
  const [one, two] = rows
  const report = {
    machine: { processor: cpus()[0]?.model, processors: cpus().length, node: process.version },
    rows,
    throughputLostPercent:
      one && two ? Math.round((1 - two.requestsPerSecond / one.requestsPerSecond) * 1_000) / 10 : 0,
    refused: refused + alone,
    processorMsPerRefused: Math.round(refusedMs * 1_000) / 1_000,
    logBytesPer100000Refused: Math.round(((logBytes() - before.log) / alone) * 100_000),
  }
  console.table(rows)
  console.log(JSON.stringify({ ...report, rows: undefined }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  gateway.kill('SIGTERM')
  mock.kill('SIGTERM')
}

async function valid(duration: number): Promise<Window> {
  const result = await autocannon({
    url: `${base}/chat/completions`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: requestOf(200, false),
    connections: 16,
    ...(values.valid === '0' ? {} : { overallRate: Number(values.valid) }),
    duration,
  })
  return {
    requestsPerSecond: Math.round(result.requests.average),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.non2xx + result.errors,
  }
}

async function sendFlood(duration: number): Promise<number> {
  const sender = start('./gateway/flood-sender.ts', [base, values.flood, String(duration)])
  const { sent, non2xx } = await hears<{ readonly sent: number; readonly non2xx: number }>(sender)
  if (sent !== non2xx) throw new Error('a request with a wrong key was answered')
  return sent
}

function medians(windows: readonly Window[]): Window {
  const median = (name: keyof Window): number =>
    windows.map((each) => each[name]).sort((a, b) => a - b)[Math.floor(windows.length / 2)] ?? 0
  const failed = windows.reduce((sum, each) => sum + each.failed, 0)
  return { requestsPerSecond: median('requestsPerSecond'), p50Ms: median('p50Ms'), p99Ms: median('p99Ms'), failed }
}

function logBytes(): number {
  const log = join(folder, 'audit')
  return readdirSync(log)
    .filter((name) => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + statSync(join(log, name)).size, 0)
}

async function cpuMs(): Promise<number> {
  const answer = hears<{ readonly cpuMs: number }>(gateway)
  gateway.send('usage')
  return (await answer).cpuMs
}

function start(file: string, args: readonly string[]): ChildProcess {
  return fork(new URL(file, import.meta.url), args, {
    execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [],
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

function hears<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`a process ended early with code ${code}`)))
  })
}
