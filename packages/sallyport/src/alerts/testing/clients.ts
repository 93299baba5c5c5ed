/** Who uses the gateway on an ordinary day. Rates are requests a minute at the busiest hour. */
export interface Client {
  readonly key: string
  readonly rate: number
  /** Part of `rate` at a minute of the day, 0 to 1. */
  readonly shape: (minute: number) => number
  readonly users: number
  readonly networks: number
  /** Of the requests, on an ordinary day. */
  readonly deniedShare: number
  readonly meanTokens: number
}

const HOUR = 60

/** Low at night, a dip at noon, highest in the afternoon. */
function officeDay(minute: number): number {
  const hour = minute / HOUR
  const day = Math.exp(-(((hour - 10) / 2.2) ** 2)) + 1.15 * Math.exp(-(((hour - 15.5) / 2.6) ** 2))
  return 0.03 + 0.8 * day
}

/** Highest in the evening, never quite still. */
function eveningDay(minute: number): number {
  return 0.55 + 0.45 * Math.sin(((minute - 14 * HOUR) / (24 * HOUR)) * 2 * Math.PI)
}

/** From eight to six, and nothing before or after: shifts begin at once. */
function shift(minute: number): number {
  return minute >= 8 * HOUR && minute < 18 * HOUR ? 1 : 0
}

/** The first four minutes of every hour. */
function hourly(minute: number): number {
  return minute % HOUR < 4 ? 1 : 0
}

const always = (): number => 1

export const CLIENTS: readonly Client[] = [
  { key: 'web', rate: 80, shape: officeDay, users: 300, networks: 3, deniedShare: 0.01, meanTokens: 900 },
  { key: 'mobile', rate: 40, shape: eveningDay, users: 400, networks: 50, deniedShare: 0.015, meanTokens: 500 },
  { key: 'partner', rate: 12, shape: always, users: 1, networks: 2, deniedShare: 0.03, meanTokens: 700 },
  { key: 'batch', rate: 90, shape: hourly, users: 1, networks: 1, deniedShare: 0, meanTokens: 2_500 },
  { key: 'support', rate: 15, shape: shift, users: 25, networks: 2, deniedShare: 0.02, meanTokens: 1_200 },
  { key: 'dev-1', rate: 3, shape: officeDay, users: 1, networks: 2, deniedShare: 0.08, meanTokens: 3_000 },
  { key: 'dev-2', rate: 2, shape: officeDay, users: 1, networks: 2, deniedShare: 0.08, meanTokens: 3_000 },
  { key: 'red-team', rate: 4, shape: shift, users: 1, networks: 1, deniedShare: 0, meanTokens: 300 },
]
