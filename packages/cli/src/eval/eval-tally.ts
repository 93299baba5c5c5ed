import type { Stage } from 'sallyport'
import type { EvalRow } from './eval-row.ts'
import { ScoreHistogram } from './score-histogram.ts'

/** What rows are grouped by. */
export const DIMENSIONS = ['stage', 'kind', 'source', 'lang'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Scores of one group's rows at one stage. */
export interface Cell {
  readonly attacks: ScoreHistogram
  readonly harmless: ScoreHistogram
}

/** Cells by stage: thresholds differ from stage to stage. */
export type Group = ReadonlyMap<Stage, Cell>

const BINS = 10

/** One bin of the reliability table: rows whose score lies from `from` up to the next bin. */
export interface ReliabilityBin {
  readonly from: number
  rows: number
  attacks: number
  scoreSum: number
}

/** Everything counted about a data set, in memory that does not grow with its rows. */
export class EvalTally {
  readonly all = new Map<Stage, Cell>()
  readonly by: Readonly<Record<Dimension, Map<string, Map<Stage, Cell>>>> = {
    stage: new Map(),
    kind: new Map(),
    source: new Map(),
    lang: new Map(),
  }
  readonly bins: readonly ReliabilityBin[] = Array.from({ length: BINS }, (_, index) => ({
    from: index / BINS,
    rows: 0,
    attacks: 0,
    scoreSum: 0,
  }))
  squaredError = 0
  rows = 0

  add(row: EvalRow, score: number): void {
    const attack = row.label === 'malicious'
    countIn(this.all, row.stage, attack, score)
    for (const dimension of DIMENSIONS) {
      const groups = this.by[dimension]
      const group = groups.get(row[dimension]) ?? new Map<Stage, Cell>()
      groups.set(row[dimension], group)
      countIn(group, row.stage, attack, score)
    }
    this.rows++
    this.squaredError += (score - (attack ? 1 : 0)) ** 2
    const bin = this.bins[Math.min(BINS - 1, Math.floor(score * BINS))]
    if (!bin) return
    bin.rows++
    bin.attacks += attack ? 1 : 0
    bin.scoreSum += score
  }
}

function countIn(group: Map<Stage, Cell>, stage: Stage, attack: boolean, score: number): void {
  const cell = group.get(stage) ?? { attacks: new ScoreHistogram(), harmless: new ScoreHistogram() }
  group.set(stage, cell)
  ;(attack ? cell.attacks : cell.harmless).add(score)
}

/** All attacks, or all harmless rows, of a group. */
export function united(group: Group, which: keyof Cell): ScoreHistogram {
  const result = new ScoreHistogram()
  for (const cell of group.values()) result.addAll(cell[which])
  return result
}
