/**
 * Memory over a long stream: 50 MB of an answer with personal data, links, code and encoded text in it, in pieces of
 * 2,048 characters.
 *
 *     npm run build && node --expose-gc --import tsx benchmarks/stream-memory.ts [megabytes]
 *
 * Prints the heap after each tenth and fails when the last nine tenths grew by more than 8 MB.
 */
import { parseArgs } from 'node:util'
import { createShield } from 'sallyport'

const { positionals } = parseArgs({ allowPositionals: true })
const megabytes = Number(positionals[0] ?? 50)
const MEGABYTE = 1024 * 1024
const PIECE = 2_048
const MAX_GROWTH_MB = 8

const collect = (globalThis as { gc?: () => void }).gc
if (collect === undefined) throw new Error('Run with --expose-gc: without it the heap says nothing.')

/** Every tenth line has something to redact or to judge. */
function line(number: number): string {
  switch (number % 10) {
    case 3:
      return `Write to person${number}@example.org or call +1 212-555-0${100 + (number % 100)}.\n`
    case 5:
      return `See [the page](https://example.com/page/${number}?q=${Buffer.from(`line ${number}`).toString('base64')}).\n`
    case 7:
      return `\`\`\`ts\nconst total${number} = items.map((item) => item.price).reduce((a, b) => a + b, 0)\n\`\`\`\n`
    default:
      return `Line ${number} of an answer that goes on for longer than anybody will ever care to read it.\n`
  }
}

const shield = createShield({ limits: { maxWork: 1_000_000_000_000 } })
const stream = shield.openStream({ stage: 'output' })
const heapMb = (): number => {
  collect()
  return process.memoryUsage().heapUsed / MEGABYTE
}

const started = performance.now()
const heaps: number[] = []
let [pushed, sent, longestHeld, number] = [0, 0, 0, 0]
let text = ''
for (let tenth = 1; tenth <= 10; tenth++) {
  while (pushed < (tenth * megabytes * MEGABYTE) / 10) {
    while (text.length < PIECE) text += line(number++)
    sent += stream.push(text.slice(0, PIECE)).text.length
    pushed += PIECE
    text = text.slice(PIECE)
    longestHeld = Math.max(longestHeld, pushed - sent)
  }
  heaps.push(heapMb())
  console.log(`${((tenth * megabytes) / 10).toFixed(1).padStart(6)} MB  heap ${heaps.at(-1)?.toFixed(1)} MB`)
}
stream.end()
const { findings, omittedFindings = 0, outcome } = stream.verdict()
const growth = Math.max(...heaps.slice(1)) - (heaps[0] ?? 0)
const seconds = (performance.now() - started) / 1000
console.log(
  `${outcome}; ${findings.length} findings kept, ${omittedFindings} counted; heap grew ${growth.toFixed(1)} MB after the first tenth; ${(megabytes / seconds).toFixed(1)} MB/s`,
)
if (growth > MAX_GROWTH_MB) process.exitCode = 1
