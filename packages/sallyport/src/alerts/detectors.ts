import type { Trigger } from './alert.ts'
import type { AlertOptions } from './alert-options.ts'
import type { Series } from './series.ts'
import type { Measure, Subject } from './subject-table.ts'

/** Of the requests of a key: fewer injection attempts are what any detector finds in innocent text. */
const INJECTION_SHARE = 0.02
/** How much more it takes when many keys or networks are counted together. */
const WIDE = 5

export interface Scope {
  readonly key?: string | undefined
  readonly isWide: boolean
}

/** What a count of one subject has to say after it grew; undefined when it is within the usual. */
export function judge(measure: Measure, subject: Subject, scope: Scope, options: AlertOptions): Trigger | undefined {
  switch (measure) {
    case 'authFailures':
      return authFailures(subject, scope, options)
    case 'injections':
      return injections(subject, scope, options)
    case 'denied':
      return denials(subject, scope, options)
    case 'requests':
      return volume('usage-anomaly', 'requests', subject, scope, options)
    case 'tokens':
      return volume('spend-anomaly', 'tokens', subject, scope, options)
    case 'upstreamFailures':
      return upstreamFailures(subject, scope, options)
    default:
      return measure satisfies never
  }
}

function authFailures(subject: Subject, scope: Scope, options: AlertOptions): Trigger | undefined {
  const { enabled, minimum } = options.authFailureBurst
  const series = subject.of('authFailures')
  // Of one network wrong keys are never usual, however long it sends them.
  if (!enabled || series.count < minimum) return undefined
  if (scope.isWide && !isUnusual(series, minimum * WIDE, options)) return undefined
  const isMany = series.count >= minimum * 10
  return trigger('auth-failure-burst', isMany ? 'high' : 'medium', subject, scope, series, 'wrong keys')
}

function injections(subject: Subject, scope: Scope, options: AlertOptions): Trigger | undefined {
  const { enabled, minimum } = options.injectionBurst
  const series = subject.of('injections')
  const requests = subject.known('requests')?.count ?? 0
  const least = Math.max(scope.isWide ? minimum * WIDE : minimum, requests * INJECTION_SHARE)
  if (!enabled || series.count < least) return undefined
  // What a service sees every day is usual for its key; that one person injects is not.
  if (!subject.name.startsWith('user:') && !isUnusual(series, least, options)) return undefined
  return trigger('injection-burst', 'high', subject, scope, series, 'injection attempts')
}

function upstreamFailures(subject: Subject, scope: Scope, options: AlertOptions): Trigger | undefined {
  const { enabled, minimum } = options.upstreamFailures
  const series = subject.of('upstreamFailures')
  if (!enabled || !isUnusual(series, minimum, options)) return undefined
  return trigger('upstream-failures', 'medium', subject, scope, series, 'failed calls to upstreams')
}

/** Only against a baseline: how much is much, the first hour cannot tell. */
function volume(
  kind: 'usage-anomaly' | 'spend-anomaly',
  measure: 'requests' | 'tokens',
  subject: Subject,
  scope: Scope,
  options: AlertOptions,
): Trigger | undefined {
  const { enabled, minimum } = kind === 'usage-anomaly' ? options.usageAnomaly : options.spendAnomaly
  const series = subject.of(measure)
  if (!enabled || !series.isWarm || !isUnusual(series, minimum, options)) return undefined
  return trigger(kind, kind === 'usage-anomaly' ? 'medium' : 'high', subject, scope, series, measure)
}

/** Refused requests of ten minutes, beside all of them and beside the share that is usual. */
function denials(subject: Subject, scope: Scope, options: AlertOptions): Trigger | undefined {
  const { enabled, minimum, share: least } = options.denialRate
  if (!enabled) return undefined
  const denied = subject.of('denied')
  const requests = subject.of('requests')
  const refused = denied.count + denied.previous
  if (refused < (scope.isWide ? minimum * WIDE : minimum)) return undefined
  const all = Math.max(refused, requests.count + requests.previous)
  const usual = requests.baseline.mean === 0 ? 0 : Math.min(1, denied.baseline.mean / requests.baseline.mean)
  const share = refused / all
  if (share < least || share < Math.min(0.95, options.ratio * usual)) return undefined
  const sigma = Math.sqrt(all * Math.max(usual * (1 - usual), 0.01))
  if (refused - all * usual < options.score * sigma) return undefined
  return {
    kind: 'denial-rate',
    severity: 'medium',
    subject: subject.name,
    ...scope,
    reason: `${percent(share)} of ${all} requests were refused within ten minutes; ${percent(usual)} is usual.`,
    value: refused,
    expected: Math.round(all * usual),
  }
}

/** Above the minimum, above the most of the last day times `ratio`, and an outlier. */
function isUnusual(series: Series, minimum: number, { ratio, score }: AlertOptions): boolean {
  const { count, baseline } = series
  if (count < minimum) return false
  return baseline.seen === 0 || (count >= ratio * baseline.peak && baseline.score(count) >= score)
}

function trigger(
  kind: Trigger['kind'],
  severity: Trigger['severity'],
  subject: Subject,
  scope: Scope,
  { count, baseline }: Series,
  what: string,
): Trigger {
  const expected = Math.round(baseline.mean)
  const reason = `${count} ${what} within five minutes; ${expected === 0 ? 'none are' : `about ${expected} are`} usual.`
  return { kind, severity, subject: subject.name, ...scope, reason, value: count, expected }
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`
}
