/**
 * The input gate beside the TypeScript peers: prose of 0.2 to 200 kB and shapes that make patterns slow. Each library
 * runs in a process of its own, which is stopped when one text takes more than five seconds. Times are processor time, which other work does not lengthen.
 *
 *   npm ci --prefix benchmarks/peers && npm run build && npx tsx benchmarks/speed.ts [--data DIR] [--quick]
 *
 * Ours does the most per text: every guard of `recommended` (injection rules and model, personal data, secrets, hidden
 * characters …) over five views. The peers do one thing each. With --data the pumps of DIR/security/redos.jsonl.gz are
 * run on ours as well.
 */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { prose } from './gateway/payload.ts'
import { DETECTORS } from './speed/detectors.ts'
import { Runner } from './speed/runner.ts'
import { SHAPES } from './speed/shapes.ts'

await compare()

async function compare(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, quick: { type: 'boolean', default: false } } })
  const sizes = values.quick ? [1_000, 20_000] : [200, 1_000, 2_000, 20_000, 200_000]
  const hostileSizes = values.quick ? [8_000, 32_000] : [8_000, 32_000, 128_000]
  const budgetMs = values.quick ? 100 : 400
  const proseRows: Row[] = sizes.map((size) => ({ text: `prose ${size / 1_000} kB` }))
  const hostileRows = SHAPES.map(({ name }) => ({ shape: name }) as Row)
  for (const name of Object.keys(DETECTORS)) {
    const runner = new Runner(name)
    for (const [index, size] of sizes.entries()) put(proseRows[index], name, await runner.time(prose(size), budgetMs))
    for (const [index, { unit }] of SHAPES.entries()) {
      const cells: string[] = []
      for (const size of hostileSizes) {
        const answer = await runner.time(unit.repeat(Math.ceil(size / unit.length)).slice(0, size), budgetMs / 4)
        cells.push(show(answer))
        if (typeof answer === 'string') break
      }
      put(hostileRows[index], name, cells.join(' / '))
    }
    runner.stop()
  }
  console.log('prose, processor milliseconds a text')
  console.table(proseRows)
  console.log(
    `hostile shapes of ${hostileSizes.map((size) => `${size / 1_000}`).join(' / ')} kB, processor milliseconds`,
  )
  console.table(hostileRows)
  if (values.data !== undefined) await pumps(`${values.data}/security/redos.jsonl.gz`)
  console.log(
    JSON.stringify({ processor: cpus()[0]?.model, processors: availableParallelism(), node: process.version }),
  )
}

type Row = Record<string, string | number>

function put(row: Row | undefined, name: string, answer: number | string): void {
  if (row) row[name] = typeof answer === 'number' ? show(answer) : answer
}

function show(answer: number | string): string {
  return typeof answer === 'number' ? String(Number(answer.toPrecision(2))) : answer
}

/** Texts that made somebody's pattern slow: time at 10 and at 100 kB, ours alone. */
async function pumps(file: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no ${file}.`)
  const rows = gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean)
  const units = new Set(
    rows.flatMap((row) => (JSON.parse(row) as { pumps?: { pump: string }[] }).pumps?.map(({ pump }) => pump) ?? []),
  )
  const runner = new Runner('sallyport')
  const growth: { readonly ratio: number; readonly ms: number }[] = []
  for (const unit of units) {
    const [small, large] = [10_000, 100_000].map((size) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size))
    const [at10, at100] = [await runner.time(small ?? '', 10), await runner.time(large ?? '', 10)]
    if (typeof at10 === 'string' || typeof at100 === 'string') growth.push({ ratio: Infinity, ms: Infinity })
    else growth.push({ ratio: at100 / at10, ms: at100 })
  }
  runner.stop()
  const worst = Math.max(...growth.map(({ ms }) => ms))
  const ratios = growth.map(({ ratio }) => ratio).sort((a, b) => a - b)
  console.log(
    `${units.size} pumps: 100 kB takes at most ${show(worst)} ms; ten times the text takes ${show(ratios[Math.floor(ratios.length / 2)] ?? 0)} times as long (median), at most ${show(ratios.at(-1) ?? 0)}`,
  )
}
