import type { AlertKind } from '../alert.ts'
import type { AlertEvent, UsageSample } from '../signal.ts'
import { poisson } from './random.ts'

/** Something wrong that happens within an ordinary day. */
export interface Anomaly {
  readonly name: string
  readonly kind: AlertKind
  /** An alert about one of these is about it. */
  readonly subjects: readonly (string | RegExp)[]
  readonly minutes: number
  /** What happens in the n-th minute of it. */
  readonly happen: (minute: number, random: () => number) => { events?: AlertEvent[]; uses?: UsageSample[] }
}

const attempt = (source: string): AlertEvent => ({
  type: 'auth_attempt',
  severity: 'medium',
  outcome: 'failure',
  source,
})
const injection = (keyId: string, user: string | undefined, rule = 'prompt-injection/override'): AlertEvent => ({
  type: 'injection_attempt',
  severity: 'high',
  outcome: 'block',
  actor: { keyId, user },
  rule,
})
const use = (key: string, more: Partial<UsageSample> = {}): UsageSample => ({
  key,
  denied: false,
  tokens: 800,
  ...more,
})
const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** One of every kind, and both forms of what may come from one or from many. */
export const ANOMALIES: readonly Anomaly[] = [
  {
    name: 'wrong keys from one address',
    kind: 'auth-failure-burst',
    subjects: ['source:198.51.100.0/24'],
    minutes: 3,
    happen: (_, random) => ({ events: times(poisson(14, random), () => attempt('198.51.100.7')) }),
  },
  {
    name: 'wrong keys from a hundred addresses',
    kind: 'auth-failure-burst',
    subjects: ['all', /^source:203\.0\./],
    minutes: 5,
    happen: (minute) => ({ events: times(20, (index) => attempt(`203.0.${minute * 20 + index}.5`)) }),
  },
  {
    name: 'one person injecting',
    kind: 'injection-burst',
    subjects: ['user:web-7', 'key:web', /^rule:/],
    minutes: 4,
    happen: (_, random) => {
      const count = poisson(8, random)
      return {
        events: times(count, () => injection('web', 'web-7')),
        uses: times(count, () => use('web', { user: 'web-7', denied: true })),
      }
    },
  },
  {
    name: 'an injection campaign over many persons',
    kind: 'injection-burst',
    subjects: [/^rule:prompt-injection\/delimiter/, 'key:mobile', 'key:web'],
    minutes: 5,
    happen: (minute) => ({
      events: times(20, (index) =>
        injection(index % 2 === 0 ? 'mobile' : 'web', `person-${minute * 20 + index}`, 'prompt-injection/delimiter'),
      ),
    }),
  },
  {
    name: 'a key that is refused most of the time',
    kind: 'denial-rate',
    subjects: ['key:partner', 'user:partner-0'],
    minutes: 12,
    happen: (_, random) => ({ uses: times(poisson(10, random), () => use('partner', { denied: random() < 0.9 })) }),
  },
  {
    name: 'an agent in a loop',
    kind: 'usage-anomaly',
    subjects: ['key:dev-1', 'user:dev-1-0'],
    minutes: 6,
    happen: (_, random) => ({ uses: times(poisson(180, random), () => use('dev-1', { tokens: 300 })) }),
  },
  {
    name: 'huge prompts of one person',
    kind: 'spend-anomaly',
    subjects: ['user:web-1', 'key:web'],
    minutes: 6,
    happen: (_, random) => ({ uses: times(poisson(9, random), () => use('web', { user: 'web-1', tokens: 25_000 })) }),
  },
  {
    name: 'a stolen key',
    kind: 'key-networks',
    subjects: ['key:dev-2'],
    minutes: 20,
    happen: (minute) => ({ uses: [use('dev-2', { address: `192.0.${minute}.9` })] }),
  },
  {
    name: 'a guard that fails open',
    kind: 'failed-open',
    subjects: ['guard:pii'],
    minutes: 2,
    happen: () => ({ events: [{ type: 'failed-open', severity: 'high', guard: 'pii' }] }),
  },
  {
    name: 'a store that is away',
    kind: 'degraded-store',
    subjects: ['store:rate-limits'],
    minutes: 10,
    happen: (minute) => ({ events: [0, 9].includes(minute) ? [degraded('store/rate-limits', minute === 9)] : [] }),
  },
  {
    name: 'a log that cannot be written',
    kind: 'audit-gap',
    subjects: ['audit:log'],
    minutes: 3,
    happen: (minute) => ({ events: [0, 2].includes(minute) ? [degraded('audit/log', minute === 2)] : [] }),
  },
  {
    name: 'an upstream that fails',
    kind: 'upstream-failures',
    subjects: ['upstream/openai'],
    minutes: 4,
    happen: (_, random) => ({
      events: times(poisson(15, random), () => ({ type: 'degraded', severity: 'medium', rule: 'upstream/openai' })),
    }),
  },
]

function degraded(rule: string, isOver: boolean): AlertEvent {
  return { type: 'degraded', severity: isOver ? 'info' : 'critical', rule, outcome: isOver ? 'success' : 'failure' }
}
