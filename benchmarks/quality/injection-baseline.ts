/**
 * Guards the detector's figures: a sample of a few thousand rows is scored and compared with the committed baseline.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-baseline.ts [--data ../shared/data] [--update]
 *
 * Exit code 0: as good as the baseline, within noise; 1: worse; 77: skipped, because the data is not there. The model was
 * trained on most of these rows: the figures notice a regression and say nothing about unseen attacks.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { areaUnderCurve, recallAt } from '../../training/measures.ts'
import { sampleRows } from './injection-sample.ts'
import { injectionScore, THRESHOLDS } from './injection-score.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: '../shared/data' }, update: { type: 'boolean', default: false } },
})
if (!existsSync(join(values.data, 'injection'))) {
  console.log(`SKIPPED: no data at ${values.data}; pass its folder with --data to compare with the baseline.`)
  process.exit(77)
}

interface Figure {
  readonly value: number
  /** How far it may fall (or rise, for false positives) before it is more than noise. */
  readonly noise: number
}

const PER_FAMILY = 60
const path = join(import.meta.dirname, 'injection-baseline.json')
const figures = measure()
if (values.update) {
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`)
  console.log('baseline written')
} else {
  const baseline = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Figure>
  const worse: string[] = []
  const table = Object.entries(baseline).map(([name, { value, noise }]) => {
    const now = figures[name]?.value ?? Number.NaN
    const isBad = name.includes('flagged') ? !(now <= value + noise) : !(now >= value - noise)
    if (isBad) worse.push(name)
    return { figure: name, baseline: value, now, noise, verdict: isBad ? 'WORSE' : 'ok' }
  })
  console.table(table)
  if (worse.length > 0) {
    console.error(`worse than the baseline by more than noise: ${worse.join(', ')}`)
    process.exit(1)
  }
}

function measure(): Record<string, Figure> {
  const rows = sampleRows(values.data, PER_FAMILY).map((row) => ({ ...row, score: injectionScore(row.text, row.head) }))
  const result: Record<string, Figure> = {}
  const share = (name: string, list: readonly { readonly score: number }[], threshold: number): void => {
    const value = list.filter(({ score }) => score >= threshold).length / list.length
    result[name] = { value: round(value), noise: round(2 * Math.sqrt((value * (1 - value)) / list.length) + 0.003) }
  }
  for (const head of ['user', 'document'] as const) {
    const own = rows.filter((row) => row.head === head && !row.set.startsWith('dev'))
    const attacks = own.filter(({ attack }) => attack)
    const harmless = own.filter(({ attack }) => !attack)
    const { review, block } = THRESHOLDS[head]
    share(`${head}: attacks found at ${review}`, attacks, review)
    share(`${head}: attacks found at ${block}`, attacks, block)
    share(`${head}: harmless flagged at ${review}`, harmless, review)
    share(`${head}: harmless flagged at ${block}`, harmless, block)
    const [raised, calm] = [attacks.map(({ score }) => score), harmless.map(({ score }) => score)]
    result[`${head}: AUC`] = { value: round(areaUnderCurve(raised, calm)), noise: 0.01 }
    result[`${head}: found at 1 % false positives`] = { value: recallAt(raised, calm, 0.01), noise: 0.05 }
  }
  share(
    'dev hard negatives flagged at 0.5',
    rows.filter(({ set }) => set.startsWith('dev')),
    0.5,
  )
  console.log(`${rows.length} rows`)
  return result
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
