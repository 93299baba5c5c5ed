import type { AlertEvent, UsageSample } from '../signal.ts'
import { CLIENTS } from './clients.ts'
import type { Client } from './clients.ts'
import { ANOMALIES } from './planted.ts'
import type { Anomaly } from './planted.ts'
import { poisson, seeded } from './random.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440
/** Not before the baselines can know anything. */
const FIRST_MINUTE = 100

export interface PlantedAnomaly {
  readonly anomaly: Anomaly
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
}

export type Happening =
  { readonly at: number; readonly event: AlertEvent } | { readonly at: number; readonly use: UsageSample }

export interface SyntheticDay {
  readonly planted: readonly PlantedAnomaly[]
  /** In the order of time. */
  readonly happenings: () => Generator<Happening>
}

/**
 * A day of a gateway with eight clients: about 70,000 requests with a rhythm, refusals, injections found in innocent
 * text, strangers with wrong keys, an upstream that fails now and then. The same seed gives the same day. With `calm`
 * nothing is planted.
 */
export function syntheticDay(seed: number, start: number, options: { readonly calm?: boolean } = {}): SyntheticDay {
  const random = seeded(seed)
  const planted = options.calm === true ? [] : plant(random, start)
  return {
    planted,
    happenings: function* () {
      for (let minute = 0; minute < DAY_MINUTES; minute++) {
        const now = start + minute * MINUTE_MS
        const happened = [...ordinary(minute, random), ...unusual(now, planted, random)].map((each) => ({
          ...each,
          at: now + Math.floor(random() * MINUTE_MS),
        }))
        yield* happened.sort((a, b) => a.at - b.at)
      }
    },
  }
}

/** In shuffled order over the day, each in a slot of its own. */
function plant(random: () => number, start: number): PlantedAnomaly[] {
  const order = ANOMALIES.map((anomaly) => ({ anomaly, rank: random() })).sort((a, b) => a.rank - b.rank)
  const slot = (DAY_MINUTES - FIRST_MINUTE - 60) / order.length
  return order.map(({ anomaly }, index) => {
    const minute = Math.floor(FIRST_MINUTE + slot * (index + random() * 0.4))
    const from = start + minute * MINUTE_MS
    return { anomaly, from, until: from + anomaly.minutes * MINUTE_MS }
  })
}

type Unplaced = { readonly event: AlertEvent } | { readonly use: UsageSample }

function* unusual(now: number, planted: readonly PlantedAnomaly[], random: () => number): Generator<Unplaced> {
  for (const { anomaly, from, until } of planted) {
    if (now < from || now >= until) continue
    const { events = [], uses = [] } = anomaly.happen((now - from) / MINUTE_MS, random)
    for (const event of events) yield { event }
    for (const use of uses) yield { use }
  }
}

function* ordinary(minute: number, random: () => number): Generator<Unplaced> {
  for (const client of CLIENTS) {
    const count = poisson(client.rate * client.shape(minute), random)
    for (let request = 0; request < count; request++) yield* requestOf(client, random)
  }
  for (let stranger = poisson(0.7, random); stranger > 0; stranger--) {
    const source = `${Math.floor(random() * 200) + 20}.${Math.floor(random() * 250)}.7.1`
    // Somebody who mistyped, or left the old key in, tries a few times.
    const tries = random() < 0.1 ? 4 : 1
    for (let each = 0; each < tries; each++) {
      yield { event: { type: 'auth_attempt', severity: 'medium', outcome: 'failure', source } }
    }
  }
  if (random() < 0.15) yield { event: { type: 'degraded', severity: 'medium', rule: 'upstream/openai' } }
}

function* requestOf(client: Client, random: () => number): Generator<Unplaced> {
  const { key, users, networks, deniedShare, meanTokens } = client
  // A few persons do most of it.
  const user = `${key}-${Math.floor(users * random() ** 2.2)}`
  const address = `10.${key.length + key.charCodeAt(0)}.${Math.floor(networks * random() ** 1.5)}.9`
  const tokens = Math.round(meanTokens * Math.exp((random() + random() + random() - 1.5) * 1.2))
  const attacks = key === 'red-team' ? 0.8 : 0.002
  const isAttack = random() < attacks
  if (isAttack) {
    const actor = { keyId: key, user }
    const rule = random() < 0.7 ? 'prompt-injection/override' : 'prompt-injection/delimiter'
    yield { event: { type: 'injection_attempt', severity: 'high', outcome: 'block', actor, rule } }
  }
  yield { use: { key, user, address, denied: isAttack || random() < deniedShare, tokens: isAttack ? 0 : tokens } }
}
