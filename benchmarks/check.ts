/**
 * The gates without a network: time per text, growth with length, and what a stream holds back.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/check.ts [--json]
 */
import { createShield, type Stage } from 'sallyport'
import { prose } from './gateway/payload.ts'

const shield = createShield()

/** Processor milliseconds of this process: unlike the clock it does not depend on what else runs. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function median(text: string, stage: Stage, runs: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await shield.check({ text, stage })
    times.push(performance.now() - start)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}

const sizes = [200, 1_000, 10_000, 100_000]
const bySize = []
for (const size of sizes) {
  const runs = Math.max(9, Math.floor(2_000_000 / size / 10))
  await median(prose(size), 'input', runs)
  bySize.push({
    characters: size,
    inputMs: round(await median(prose(size), 'input', runs)),
    outputMs: round(await median(prose(size), 'output', runs)),
  })
}
console.log('median per text of prose, all recommended guards')
console.table(bySize)

const SHAPES: Readonly<Record<string, string>> = {
  'one letter': 'a',
  spaces: ' ',
  digits: '1234567890',
  'a.a.a.': 'a.',
  'a@a@': 'a@',
  '0-0-0-': '0-',
  base64: 'QUJDREVGR0hJSktM',
  percent: '%41',
  'zero-width': 'a\u200b',
  '<<<<': '<',
  '![![': '![',
  'ignore ignore': 'ignore ',
  'ignore all previous': 'ignore all previous ',
  'key key': 'api_key=',
  中文: '中文字',
}
const growth = []
for (const [name, unit] of Object.entries(SHAPES)) {
  const row: Record<string, string | number> = { shape: name }
  for (const size of [10_000, 100_000]) {
    const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
    row[`${size / 1_000} kB`] = round(await median(text, 'input', 3))
  }
  row['growth for 10x'] = round(Number(row['100 kB']) / Number(row['10 kB']))
  growth.push(row)
}
console.log('hostile shapes, ms')
console.table(growth)

const lines = Array.from(
  { length: 10_000 },
  (_, index) => `${index} ${prose(400).slice(index % 190, (index % 190) + 195)}`,
)
const before = processorMs()
const start = performance.now()
for (const text of lines) await shield.check({ text })
const seconds = (performance.now() - start) / 1_000
console.log(
  `10,000 different texts of 200 characters: ${Math.round(lines.length / seconds)}/s, ${round((processorMs() - before) / lines.length)} processor ms each`,
)

const held: number[] = []
for (let repeat = 0; repeat < 5; repeat++) {
  const stream = shield.openStream({ stage: 'output' })
  let pushed = 0
  let sent = 0
  for (const piece of prose(5_000).match(/\s?\S{1,8}|\s/g) ?? []) {
    pushed += piece.length
    sent += stream.push(piece).text.length
    held.push(pushed - sent)
  }
  stream.end()
}
held.sort((a, b) => a - b)
const at = (share: number): number | undefined => held[Math.floor((held.length - 1) * share)]
console.log(
  `held back while streaming prose a token at a time, characters: median ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`,
)

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
