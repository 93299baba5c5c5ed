/** Share of attacks in the traffic for which calibration is shown: with half attacks any score looks calibrated high. */
const PREVALENCE = 0.05
const EDGES = [0, 0.01, 0.05, 0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 1] as const

export interface Reliability {
  readonly brier: number
  readonly bins: readonly {
    readonly score: string
    readonly rows: number
    readonly meanScore: number
    readonly attackShare: number
  }[]
}

/** Brier score and reliability of scores, with attacks and harmless rows weighed to a stated share of attacks. */
export function reliability(rows: readonly { readonly score: number; readonly attack: boolean }[]): Reliability {
  const attacks = rows.filter(({ attack }) => attack).length
  const weightOf = (attack: boolean): number =>
    attack ? PREVALENCE / attacks : (1 - PREVALENCE) / (rows.length - attacks)
  const brier = rows.reduce((sum, { score, attack }) => sum + weightOf(attack) * (score - (attack ? 1 : 0)) ** 2, 0)
  const bins = EDGES.slice(0, -1).map((from, index) => {
    const to = EDGES[index + 1] ?? 1
    const own = rows.filter(({ score }) => score >= from && (score < to || to === 1))
    const weight = own.reduce((sum, { attack }) => sum + weightOf(attack), 0)
    const mean = (of: (row: (typeof own)[number]) => number): number =>
      weight === 0 ? 0 : round(own.reduce((sum, row) => sum + weightOf(row.attack) * of(row), 0) / weight)
    return {
      score: `${from} to ${to}`,
      rows: own.length,
      meanScore: mean(({ score }) => score),
      attackShare: mean(({ attack }) => (attack ? 1 : 0)),
    }
  })
  return { brier: round(brier), bins }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
