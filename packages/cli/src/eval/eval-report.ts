import type { Stage } from 'sallyport'
import { type Cell, type Dimension, DIMENSIONS, type EvalTally, type Group, united } from './eval-tally.ts'
import type { ScoreHistogram } from './score-histogram.ts'
import { areaUnderCurve, bootstrap, type Interval, round, type Share, shareOf, thresholdAt } from './statistics.ts'

/** Scores from which a stage's policy does anything (`review`) and changes or stops the text (`block`); absent: never. */
export interface StageThresholds {
  readonly review?: number
  readonly block?: number
}

/** Recall where the threshold is set so that at most `rate` of the harmless rows of the same stage reach it. */
export interface FixedRateRecall {
  readonly recall: Share
  /** Share of the data set's harmless rows that reach these thresholds. */
  readonly falsePositives: Share
  /** 95 % interval when the harmless rows that set the threshold are drawn anew, too. */
  readonly bootstrap?: Interval
}

/** Recall always stands beside false positives. A figure is absent when there is no row to measure it on. */
export interface EvalFigures {
  readonly attacks: number
  readonly benign: number
  readonly recall: { readonly review?: Share; readonly block?: Share }
  readonly falsePositives: { readonly review?: Share; readonly block?: Share }
  readonly auc?: Interval
  readonly recallAt: { readonly '1%'?: FixedRateRecall; readonly '0.3%'?: FixedRateRecall }
}

export interface EvalReport {
  readonly dataset: readonly string[]
  readonly policy: string
  readonly tier: string
  readonly rows: {
    readonly read: number
    readonly attacks: number
    readonly benign: number
    readonly unlabelled: number
    readonly bad: number
  }
  readonly thresholds: Readonly<Partial<Record<Stage, StageThresholds>>>
  readonly overall: EvalFigures
  readonly by: Readonly<Record<Dimension, Readonly<Record<string, EvalFigures>>>>
  readonly calibration: {
    /** Mean squared distance of score and label. */
    readonly brier: number
    /** Mean distance of score and share of attacks over the bins, weighed by rows. */
    readonly expectedError: number
    readonly bins: readonly {
      readonly from: number
      readonly to: number
      readonly rows: number
      readonly meanScore: number
      readonly attackShare: number
    }[]
  }
  /** The first lines that could not be read. */
  readonly badLines: readonly BadLine[]
}

export interface BadLine {
  readonly file: string
  readonly line: number
  readonly code: string
  readonly message: string
}

const RATES = { '1%': 0.01, '0.3%': 0.003 } as const
type Rate = keyof typeof RATES

export function reportOf(
  tally: EvalTally,
  thresholdsOf: (stage: Stage) => StageThresholds,
  head: Pick<EvalReport, 'dataset' | 'policy' | 'tier' | 'rows' | 'badLines'>,
): EvalReport {
  const figures = (group: Group): EvalFigures => figuresOf(group, tally.all, thresholdsOf)
  return {
    dataset: head.dataset,
    policy: head.policy,
    tier: head.tier,
    rows: head.rows,
    thresholds: Object.fromEntries([...tally.all.keys()].map((stage) => [stage, thresholdsOf(stage)])),
    overall: figures(tally.all),
    by: Object.fromEntries(
      DIMENSIONS.map((dimension) => [
        dimension,
        Object.fromEntries(
          [...tally.by[dimension]].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, figures(group)]),
        ),
      ]),
    ) as EvalReport['by'],
    calibration: calibrationOf(tally),
    badLines: head.badLines,
  }
}

function figuresOf(group: Group, all: Group, thresholdsOf: (stage: Stage) => StageThresholds): EvalFigures {
  const attacks = united(group, 'attacks')
  const harmless = united(group, 'harmless')
  const at = (which: keyof Cell, level: keyof StageThresholds): Share | undefined =>
    shareFrom(group, which, (stage) => thresholdsOf(stage)[level] ?? Infinity)
  const auc = bootstrap([attacks, harmless], ([drawnAttacks, drawnHarmless]) =>
    drawnAttacks && drawnHarmless ? areaUnderCurve(drawnAttacks, drawnHarmless) : undefined,
  )
  return {
    attacks: attacks.total,
    benign: harmless.total,
    recall: defined({ review: at('attacks', 'review'), block: at('attacks', 'block') }),
    falsePositives: defined({ review: at('harmless', 'review'), block: at('harmless', 'block') }),
    ...(auc && { auc }),
    recallAt: defined({ '1%': recallAt(group, all, '1%'), '0.3%': recallAt(group, all, '0.3%') }),
  }
}

function recallAt(group: Group, all: Group, rate: Rate): FixedRateRecall | undefined {
  const fallback = united(all, 'harmless')
  if (fallback.total === 0) return undefined
  // A stage without harmless rows borrows those of the others.
  const calm = (stage: Stage): ScoreHistogram => {
    const own = all.get(stage)?.harmless
    return own !== undefined && own.total > 0 ? own : fallback
  }
  const cuts = new Map([...all.keys()].map((stage) => [stage, thresholdAt(calm(stage), RATES[rate])]))
  const cutOf = (stage: Stage): number => cuts.get(stage) ?? Infinity
  const recall = shareFrom(group, 'attacks', cutOf)
  const falsePositives = shareFrom(all, 'harmless', cutOf)
  if (!recall || !falsePositives) return undefined
  const cells = [...group].filter(([, cell]) => cell.attacks.total > 0)
  const interval = bootstrap(
    cells.flatMap(([stage, cell]) => [cell.attacks, calm(stage)]),
    (drawn) => {
      let found = 0
      let total = 0
      for (let index = 0; index + 1 < drawn.length; index += 2) {
        const [attacks, harmless] = [drawn[index], drawn[index + 1]]
        if (!attacks || !harmless || harmless.total === 0) continue
        found += attacks.countFrom(thresholdAt(harmless, RATES[rate]))
        total += attacks.total
      }
      return total === 0 ? undefined : found / total
    },
  )
  return { recall, falsePositives, ...(interval && { bootstrap: interval }) }
}

function shareFrom(group: Group, which: keyof Cell, thresholdOf: (stage: Stage) => number): Share | undefined {
  let count = 0
  let of = 0
  for (const [stage, cell] of group) {
    count += cell[which].countFrom(thresholdOf(stage))
    of += cell[which].total
  }
  return shareOf(count, of)
}

function calibrationOf({ bins, rows, squaredError }: EvalTally): EvalReport['calibration'] {
  const filled = bins.map(({ from, rows: count, attacks, scoreSum }) => ({
    from,
    to: round(from + 1 / bins.length),
    rows: count,
    meanScore: count === 0 ? 0 : round(scoreSum / count),
    attackShare: count === 0 ? 0 : round(attacks / count),
  }))
  const distance = filled.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.meanScore - bin.attackShare), 0)
  return {
    brier: rows === 0 ? 0 : round(squaredError / rows),
    expectedError: rows === 0 ? 0 : round(distance / rows),
    bins: filled,
  }
}

/** Leaves out what could not be measured. */
function defined<T extends object>(figures: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}
