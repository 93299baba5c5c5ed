/**
 * Sallyport beside other offline detectors, on the same rows.
 *
 *   (cd benchmarks/peers && npm ci --ignore-scripts)
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-peers.ts [--data ../shared/data] [--per-family 60] [--json FILE]
 *
 * All get the bare text; only Sallyport is told whether it is a request or a document. Sallyport was trained on most of
 * these rows, and peers may have been, too: the row "families left out" of the model card is the fair figure for it.
 * Licences: vard MIT, hai-guardrails MIT, llm_guardrail ISC.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { areaUnderCurve, recallAt } from '../../training/measures.ts'
import { sampleRows } from './injection-sample.ts'
import { injectionScore } from './injection-score.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    'per-family': { type: 'string', default: '60' },
    json: { type: 'string' },
  },
})

interface PeerScores {
  readonly names: readonly string[]
  score(text: string): Promise<readonly number[]>
}

const peersFile = join(import.meta.dirname, '../peers/injection-peers.mjs')
const peers = (await import(pathToFileURL(peersFile).href)) as PeerScores
const rows = sampleRows(values.data, Number(values['per-family']))
const names = ['sallyport', ...peers.names]
const scores: number[][] = names.map(() => [])

for (const { text, head } of rows) {
  scores[0]?.push(injectionScore(text, head))

  for (const [index, score] of (await peers.score(text)).entries()) scores[index + 1]?.push(score)
}
const table = names.map((name, index) => {
  const own = scores[index] ?? []
  const pick = (keep: (row: (typeof rows)[number]) => boolean): number[] =>
    own.filter((_, at) => keep(rows[at] as (typeof rows)[number]))
  const attacks = pick(({ attack }) => attack)
  const harmless = pick(({ attack, set }) => !attack && !set.startsWith('dev'))
  const hard = pick(({ set }) => set.startsWith('dev'))
  const from = (list: readonly number[]): number => round(list.filter((score) => score >= 0.5).length / list.length)
  return {
    detector: name,
    AUC: round(areaUnderCurve(attacks, harmless)),
    'found at 1 %': recallAt(attacks, harmless, 0.01),
    'found at 0.3 %': recallAt(attacks, harmless, 0.003),
    'found at 0.5': from(attacks),
    'harmless flagged at 0.5': from(harmless),
    'hard negatives flagged at 0.5': from(hard),
  }
})
console.log(`${rows.length} rows`)
console.table(table)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rows: rows.length, table }, null, 2)}\n`)

function round(value: number): number {
  return Math.round(value * 1e3) / 1e3
}
process.exit()
