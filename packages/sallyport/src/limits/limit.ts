import { SallyportError } from '../errors/sallyport-error.ts'

/** What a limit counts: requests, tokens, or requests under way at the same time. */
export type LimitUnit = 'requests' | 'tokens' | 'concurrency'

/** One rule: so many units per subject in any window of that length. */
export interface Limit {
  /** Names the limit in reasons, headers and events: lower-case letters, digits and dashes. */
  readonly name: string
  /** Whose use is counted: `user`, `key`, `model` or a name of your own. */
  readonly subject: string
  readonly unit: LimitUnit
  /** Most units at once (`concurrency`) or in any window; 1 to 1,000,000,000. */
  readonly limit: number
  /** Milliseconds, 1,000 to seven days. Not for `concurrency`. */
  readonly windowMs?: number
}

/** The guide's defaults: 10 requests a minute and 100 an hour for each user. */
export const DEFAULT_LIMITS: readonly Limit[] = [
  { name: 'user-minute', subject: 'user', unit: 'requests', limit: 10, windowMs: 60_000 },
  { name: 'user-hour', subject: 'user', unit: 'requests', limit: 100, windowMs: 3_600_000 },
]

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Checks limits as they come from configuration.
 *
 * @throws SallyportError `invalid-options` that names the limit and what is wrong.
 */
export function checkLimits(limits: readonly Limit[]): void {
  const names = new Set<string>()
  const concurrent = new Set<string>()
  for (const { name, subject, unit, limit, windowMs } of limits) {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name))
      throw invalid('A limit needs a name of lower-case letters, digits and dashes.')
    if (names.has(name)) throw invalid(`Two limits have the name ${name}.`)
    names.add(name)
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(subject)) throw invalid(`The limit ${name} needs a subject such as user.`)
    if (!Number.isInteger(limit) || limit < 1 || limit > 1e9) {
      throw invalid(`The limit ${name} must be a whole number from 1 to 1,000,000,000.`)
    }
    if (unit === 'concurrency') {
      if (windowMs !== undefined) throw invalid(`The limit ${name} counts what is under way and has no window.`)
      if (concurrent.has(subject)) throw invalid(`There are two concurrency limits for the subject ${subject}.`)
      concurrent.add(subject)
    } else if (windowMs === undefined || !Number.isInteger(windowMs) || windowMs < 1_000 || windowMs > WEEK_MS) {
      throw invalid(`The limit ${name} needs a window from 1,000 ms to seven days.`)
    }
  }
}

/** The limit in words: `10 requests/minute per user`. */
export function describeLimit({ unit, limit, windowMs, subject }: Limit): string {
  if (windowMs === undefined) return `${limit} requests at a time per ${subject}`
  return `${limit} ${unit}/${windowWords(windowMs)} per ${subject}`
}

function windowWords(windowMs: number): string {
  const named: Readonly<Record<number, string>> = {
    1_000: 'second',
    60_000: 'minute',
    3_600_000: 'hour',
    86_400_000: 'day',
  }
  return named[windowMs] ?? `${windowMs / 1_000} s`
}

function invalid(message: string): SallyportError {
  return new SallyportError('invalid-options', message)
}
