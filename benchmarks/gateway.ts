/**
 * The gateway beside its upstream: requests per second, latency and first token with all recommended guards on, direct
 * and through the gateway in the same run. Load generator, gateway and upstream are three processes on one machine.
 *
 *   npm run build && npx tsx benchmarks/gateway.ts [--seconds 10] [--json FILE] [--preset NAME] [--pace MS]
 *     [--findings] [--durability before-answer|batched]
 *
 * Caveats: loopback only; the load generator takes its share of the processors; a mock upstream answers at once, so that
 * what is left is the gateway's own work.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { firstToken, percentile } from './gateway/first-token.ts'
import { requestOf } from './gateway/payload.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '32' },
    characters: { type: 'string', default: '200' },
    streams: { type: 'string', default: '60' },
    /** Milliseconds between two pieces of the upstream's stream: the last word is held back, so text comes a piece later. */
    pace: { type: 'string', default: '10' },
    preset: { type: 'string', default: 'recommended' },
    /** Something to redact in every request, so that each has events to record. */
    findings: { type: 'boolean', default: false },
    durability: { type: 'string', default: 'before-answer' },
    json: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const characters = Number(values.characters)

const mock = start('./gateway/mock-upstream.ts', [values.pace])
const { port } = await hears<{ readonly port: number }>(mock)
const direct = `http://127.0.0.1:${port}/v1`
const gateway = start('./gateway/gateway-under-test.js', [direct, values.preset, values.durability])
const { url, key } = await hears<{ readonly url: string; readonly key: string }>(gateway)
const through = `${url}/v1`

try {
  const idle = await usage()
  await load(through, key, 3)
  const rows = []
  for (const [name, base, token] of [
    ['direct', direct, undefined],
    ['gateway', through, key],
  ] as const) {
    const before = await usage()
    const result = await load(base, token, seconds)
    const busyMs = (await usage()).cpuMs - before.cpuMs
    const firsts = await firstTokens(base, token)
    rows.push({
      name,
      requestsPerSecond: Math.round(result.requests.average),
      p50Ms: result.latency.p50,
      p99Ms: result.latency.p99,
      // Of the gateway process; unlike the rest it does not depend on what else the machine does.
      processorMsPerRequest: name === 'direct' ? 0 : round(busyMs / result.requests.total),
      failed: result.non2xx + result.errors,
      firstTokenP50Ms: round(percentile(firsts, 0.5)),
      firstTokenP99Ms: round(percentile(firsts, 0.99)),
    })
  }
  const report = {
    machine: { processor: cpus()[0]?.model, processors: cpus().length, node: process.version },
    payload: { charactersIn: characters, charactersOut: 500, connections, seconds, preset: values.preset },
    events: { findings: values.findings, durability: values.durability },
    rows,
    gatewayMemoryMiB: { idle: mebibytes(idle.rss), afterLoad: mebibytes((await usage()).rss) },
  }
  console.table(rows)
  console.log(JSON.stringify({ ...report, rows: undefined }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  gateway.kill('SIGTERM')
  mock.kill('SIGTERM')
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

async function load(base: string, token: string | undefined, duration: number): ReturnType<typeof autocannon> {
  return autocannon({
    url: `${base}/chat/completions`,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: requestOf(characters, false, values.findings),
    connections,
    duration,
  })
}

async function firstTokens(base: string, token: string | undefined): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  for (let index = 0; index < Number(values.streams); index++) {
    times.push(await firstToken(`${base}/chat/completions`, requestOf(characters, true, values.findings), token, agent))
  }
  agent.destroy()
  // The first ones warm up connection and code.
  return times.slice(5)
}

function usage(): Promise<{ readonly rss: number; readonly cpuMs: number }> {
  const answer = hears<{ readonly rss: number; readonly cpuMs: number }>(gateway)
  gateway.send('usage')
  return answer
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1_048_576)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
