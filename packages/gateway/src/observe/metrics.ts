import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { SecurityEvent } from '../contract.ts'
import { LabelSet } from './label-set.ts'
import type { Trail } from './trail.ts'

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** Findings a policy can make: codes of topics and word lists are the operator's. */
const MAX_FINDING_LABELS = 500

/** What is read when somebody asks, not counted on the way. */
export interface MetricSources {
  /** Events that are not on disk yet, and those that were let go. */
  readonly audit?: () => { readonly waiting: number; readonly dropped: number }
  /** Alerts open now. */
  readonly openAlerts?: () => number
  /** False while a shared limit store is out of reach. */
  readonly limitsDegraded?: () => boolean
}

/**
 * Counters of one gateway for Prometheus. Labels are routes, statuses, guards, upstreams from the configuration: never a
 * key, a person, an address or a name that a caller chose.
 */
export class Metrics {
  readonly registry = new Registry()
  readonly #findingLabels = new LabelSet(MAX_FINDING_LABELS)
  readonly #requests = this.#counter('requests_total', 'Requests by route and status.', ['route', 'status'])
  readonly #duration = this.#histogram('request_duration_seconds', 'From start to end, streams included.', ['route'])
  readonly #verdicts = this.#counter('verdicts_total', 'What the gates decided, by stage.', ['stage', 'action'])
  readonly #findings = this.#counter('findings_total', 'Findings by guard and code.', ['guard', 'code'])
  readonly #gates = this.#histogram('gate_duration_seconds', 'Time in the gates.', ['gate'])
  readonly #upstream = this.#histogram('upstream_duration_seconds', 'Until the answer, or the start of a stream.', [
    'upstream',
  ])
  readonly #firstToken = this.#histogram('first_token_seconds', 'From start to the first piece of a stream.', [
    'upstream',
  ])
  readonly #tokens = this.#counter('tokens_total', 'Tokens of prompts (input) and answers (output).', [
    'upstream',
    'direction',
  ])
  readonly #limits = this.#counter('limit_decisions_total', 'Requests that limits let through or refused.', [
    'limit',
    'outcome',
  ])
  readonly #events = this.#counter('events_total', 'Security events.', ['type', 'severity'])
  readonly #stores = this.#gauge('store_degraded', '1 while a shared store is out of reach.', ['store'])

  constructor(sources: MetricSources = {}) {
    collectDefaultMetrics({ register: this.registry })
    const { audit, openAlerts, limitsDegraded } = sources
    if (audit !== undefined) {
      this.#read('audit_waiting_events', 'Events that are not on disk yet.', () => audit().waiting)
      this.#read('audit_dropped_events', 'Events that the log had to let go.', () => audit().dropped)
    }
    if (openAlerts !== undefined) this.#read('alerts_open', 'Alerts open now.', openAlerts)
    if (limitsDegraded !== undefined) {
      this.#read('limits_degraded', '1 while limits are decided by this process alone.', () => Number(limitsDegraded()))
    }
  }

  /** A request that is over. */
  note(trail: Trail): void {
    const { route, status, timings, verdicts, provider: upstream, usage, firstTokenMs, refusedBy } = trail
    this.#requests.inc({ route, status: String(status) })
    this.#duration.observe({ route }, trail.durationMs / 1_000)
    for (const { stage, action } of verdicts) this.#verdicts.inc({ stage, action })
    if (timings['input-gate'] !== undefined) this.#gates.observe({ gate: 'input' }, timings['input-gate'] / 1_000)
    if (timings['output-gate'] !== undefined) this.#gates.observe({ gate: 'output' }, timings['output-gate'] / 1_000)
    if (refusedBy !== undefined) this.#limits.inc({ limit: refusedBy, outcome: 'refused' })
    else if (timings.limits !== undefined) this.#limits.inc({ limit: 'all', outcome: 'admitted' })
    if (upstream === undefined) return
    if (timings.upstream !== undefined) this.#upstream.observe({ upstream }, timings.upstream / 1_000)
    if (firstTokenMs !== undefined) this.#firstToken.observe({ upstream }, firstTokenMs / 1_000)
    if (usage === undefined) return
    this.#tokens.inc({ upstream, direction: 'input' }, usage.input)
    this.#tokens.inc({ upstream, direction: 'output' }, usage.output)
  }

  observe(event: SecurityEvent): void {
    const { type, severity, findings = [], rule = '', outcome, count = 1 } = event
    this.#events.inc({ type, severity }, count)
    for (const { guard, code } of findings) {
      const [known, of] = this.#findingLabels.take(`${guard}/${code}`) ? [guard, code] : ['other', 'other']
      this.#findings.inc({ guard: known, code: of })
    }
    // Names of stores are ours.
    if (type === 'degraded' && rule.startsWith('store/')) {
      this.#stores.set({ store: rule.slice('store/'.length) }, outcome === 'success' ? 0 : 1)
    }
  }

  /** The text of `/metrics`. */
  text(): Promise<string> {
    return this.registry.metrics()
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `sallyport_${name}`, help, labelNames, registers: [this.registry] })
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name: `sallyport_${name}`, help, labelNames, registers: [this.registry] })
  }

  #histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    const options = { help, labelNames, buckets: SECONDS, registers: [this.registry] }
    return new Histogram({ name: `sallyport_${name}`, ...options })
  }

  #read(name: string, help: string, value: () => number): void {
    const collect = function (this: Gauge): void {
      this.set(value())
    }
    this.registry.registerMetric(new Gauge({ name: `sallyport_${name}`, help, registers: [], collect }))
  }
}
