/**
 * Alerts over replayed days of synthetic traffic: which planted anomalies were found, how soon, and what else was
 * alerted. Each day is one of its own, with nothing learnt before it.
 *
 *   npx tsx benchmarks/quality/alerts.ts [--days 20] [--from 1] [--json FILE]
 *
 * Caveat: the traffic is made up (see packages/sallyport/src/alerts/testing). Its red team works from eight to six and
 * sends injections on purpose; the alert about it is counted as false.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Found } from '../../packages/sallyport/src/alerts/testing/replay.ts'
import { replay } from '../../packages/sallyport/src/alerts/testing/replay.ts'
import { syntheticDay } from '../../packages/sallyport/src/alerts/testing/synthetic-day.ts'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
})
const MONDAY = Date.UTC(2026, 0, 5)
const found = new Map<string, Found[]>()
const falseAlerts: string[] = []
const perDay: number[] = []
let happenings = 0
let milliseconds = 0
for (let seed = Number(values.from); seed < Number(values.from) + Number(values.days); seed++) {
  const started = performance.now()
  const result = replay([syntheticDay(seed, MONDAY)])
  milliseconds += performance.now() - started
  happenings += result.happenings
  perDay.push(result.falseAlerts.length)
  for (const alert of result.falseAlerts) falseAlerts.push(`${alert.kind} ${alert.subject} (seed ${seed})`)
  for (const each of result.found) {
    const { name } = each.planted.anomaly
    found.set(name, [...(found.get(name) ?? []), each])
  }
}

const rows = [...found].map(([name, all]) => {
  const delays = all.flatMap(({ delayMs }) => delayMs ?? []).sort((a, b) => a - b)
  return {
    planted: name,
    kind: all[0]?.planted.anomaly.kind,
    found: `${delays.length}/${all.length}`,
    medianDelaySeconds: seconds(delays[Math.floor(delays.length / 2)]),
    longestDelaySeconds: seconds(delays.at(-1)),
  }
})
const report = {
  days: perDay.length,
  happenings,
  falseAlerts: { total: falseAlerts.length, mostInOneDay: Math.max(...perDay), which: falseAlerts },
  microsecondsPerSignal: Math.round((milliseconds * 1_000 * 100) / happenings) / 100,
  rows,
}
console.table(rows)
console.log(JSON.stringify({ ...report, rows: undefined }, null, 1))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms / 1_000)
}
