import { createAlertEngine } from '../alert-engine.ts'
import type { AlertOptionsInput } from '../alert-options.ts'
import type { Alert } from '../alert.ts'
import { familyOf } from '../alert.ts'
import type { PlantedAnomaly, SyntheticDay } from './synthetic-day.ts'

const MINUTE_MS = 60_000
/** Windows overlap intervals: what comes this late still speaks of it. */
const GRACE_MS = 5 * MINUTE_MS

export interface Found {
  readonly planted: PlantedAnomaly
  readonly alert: Alert | undefined
  /** Milliseconds from the beginning of it to the alert. */
  readonly delayMs: number | undefined
}

export interface ReplayResult {
  readonly found: readonly Found[]
  /** Opened, and about nothing that was planted. */
  readonly falseAlerts: readonly Alert[]
  /** Still open an hour after the day. */
  readonly unresolved: readonly Alert[]
  readonly happenings: number
  readonly subjects: number
}

/** Runs days one after the other through one engine and holds its alerts against what was planted. */
export function replay(days: readonly SyntheticDay[], rules: AlertOptionsInput = {}): ReplayResult {
  let now = 0
  let happenings = 0
  let id = 0
  const alerts = new Map<string, Alert>()
  const engine = createAlertEngine({
    rules,
    now: () => now,
    newId: () => `alert-${++id}`,
    onTransition: ({ alert }) => void alerts.set(alert.id, alert),
  })
  let ticked = 0
  for (const day of days) {
    for (const happening of day.happenings()) {
      happenings++
      now = happening.at
      if (now - ticked >= MINUTE_MS) {
        ticked = now
        engine.tick()
      }
      if ('use' in happening) engine.use(happening.use)
      else engine.observe(happening.event)
    }
  }
  now += 60 * MINUTE_MS
  engine.tick()
  const planted = days.flatMap((day) => day.planted)
  const all = [...alerts.values()]
  const found = planted.map((each): Found => {
    const alert = all.find((candidate) => isAbout(candidate, each) && candidate.kinds.includes(each.anomaly.kind))
    return { planted: each, alert, delayMs: alert && Date.parse(alert.openedAt) - each.from }
  })
  const falseAlerts = all.filter((alert) => !planted.some((each) => isAbout(alert, each)))
  return { found, falseAlerts, unresolved: engine.open, happenings, subjects: engine.size }
}

function isAbout(alert: Alert, { anomaly, from, until }: PlantedAnomaly): boolean {
  const at = Date.parse(alert.openedAt)
  if (at < from || at > until + GRACE_MS || familyOf(alert.kind) !== familyOf(anomaly.kind)) return false
  return anomaly.subjects.some((known) =>
    typeof known === 'string' ? known === alert.subject : known.test(alert.subject),
  )
}
