import type { BadLine, EvalFigures, EvalReport } from './eval-report.ts'
import type { Interval, Share } from './statistics.ts'

/** Groups shown of each dimension; the rest is in `--json`. */
const MAX_GROUPS = 40

/** A report for people. Names come from the data set, so control characters in them are shown as `?`. */
export function printReport(report: EvalReport): string {
  const { rows, overall } = report
  const lines = [
    `${rows.attacks} attacks and ${rows.benign} benign rows by policy ${report.policy}, tier ${report.tier}` +
      ` (${rows.unlabelled} unlabelled skipped, ${rows.bad} bad)`,
    `Thresholds: ${Object.entries(report.thresholds)
      .map(([stage, { review, block }]) => `${stage} review ${limit(review)}, block or redact ${limit(block)}`)
      .join('; ')}`,
    '',
    'Overall, with 95 % intervals',
    ...table([
      ['', 'recall', 'false positives'],
      ['review', share(overall.recall.review), share(overall.falsePositives.review)],
      ['block', share(overall.recall.block), share(overall.falsePositives.block)],
      ...(['1%', '0.3%'] as const).map((rate) => [
        `at ${rate}`,
        interval(overall.recallAt[rate]?.bootstrap),
        share(overall.recallAt[rate]?.falsePositives),
      ]),
    ]),
    `AUC ${overall.auc ? `${overall.auc.value} (${overall.auc.low} to ${overall.auc.high})` : 'needs attacks and benign rows'}`,
  ]
  for (const [dimension, groups] of Object.entries(report.by)) lines.push('', ...groupTable(dimension, groups))
  lines.push('', ...calibration(report), ...badLines(report.badLines, rows.bad))
  return `${lines.join('\n')}\n`
}

function groupTable(dimension: string, groups: Readonly<Record<string, EvalFigures>>): string[] {
  const all = Object.entries(groups).sort(([, a], [, b]) => b.attacks + b.benign - a.attacks - a.benign)
  const shown = all.slice(0, MAX_GROUPS)
  const header = [
    `by ${dimension}`,
    'attacks',
    'recall review',
    'recall block',
    'recall at 1%',
    'at 0.3%',
    'benign',
    'FP review',
    'FP block',
    'AUC',
  ]
  const body = shown.map(([name, each]) => [
    printable(name),
    String(each.attacks),
    share(each.recall.review),
    percent(each.recall.block),
    percent(each.attacks === 0 ? undefined : each.recallAt['1%']?.recall),
    percent(each.attacks === 0 ? undefined : each.recallAt['0.3%']?.recall),
    String(each.benign),
    share(each.falsePositives.review),
    percent(each.falsePositives.block),
    each.auc ? String(each.auc.value) : '',
  ])
  const more = all.length > shown.length ? [`… and ${all.length - shown.length} smaller groups (--json has them)`] : []
  return [...table([header, ...body]), ...more]
}

function calibration({ calibration: { brier, expectedError, bins } }: EvalReport): string[] {
  return [
    `Calibration on this mix of rows: Brier score ${brier}, expected error ${expectedError}`,
    ...table([
      ['score', 'rows', 'mean score', 'attacks'],
      ...bins
        .filter(({ rows }) => rows > 0)
        .map(({ from, to, rows, meanScore, attackShare }) => [
          `${from} to ${to}`,
          String(rows),
          String(meanScore),
          `${Math.round(attackShare * 1_000) / 10} %`,
        ]),
    ]),
  ]
}

function badLines(bad: readonly BadLine[], count: number): string[] {
  if (count === 0) return []
  const shown = bad.map(({ file, line, message }) => `  ${printable(file)}:${line}: ${message}`)
  return ['', `${count} lines could not be read:`, ...shown, ...(count > bad.length ? ['  …'] : [])]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function percent(value: Share | undefined): string {
  return value ? `${(value.value * 100).toFixed(1)} %` : ''
}

function share(value: Share | undefined): string {
  return value ? `${percent(value)} (${(value.low * 100).toFixed(1)}–${(value.high * 100).toFixed(1)})` : ''
}

function interval(value: Interval | undefined): string {
  if (!value) return ''
  return `${(value.value * 100).toFixed(1)} % (${(value.low * 100).toFixed(1)}–${(value.high * 100).toFixed(1)})`
}

function limit(threshold: number | undefined): string {
  return threshold === undefined ? 'never' : String(threshold)
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60)
}
