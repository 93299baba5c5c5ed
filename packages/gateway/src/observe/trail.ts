import type { Excepted } from 'sallyport'
import type { Outcome, Role, Stage } from '../contract.ts'
import type { GatewayErrorCode } from '../gateway-error.ts'
import type { TokenUsage } from '../limits/count-tokens.ts'
import type { RequestSpans } from './request-spans.ts'
import { writeTraceParent } from './trace-context.ts'
import type { TraceParent } from './trace-context.ts'

/** The steps of a request, in the order they are taken. */
export type Step = 'identity' | 'limits' | 'read' | 'input-gate' | 'upstream' | 'output-gate' | 'stream'

/** What is known of a request by the time it is over. */
export interface Trailed {
  readonly requestId: string
  readonly traceId: string
  /** The caller's place in its trace, if it told. */
  readonly parent?: TraceParent | undefined
  /** Method and route pattern. */
  readonly route: string
  readonly address?: string | undefined
  readonly spans?: RequestSpans | undefined
}

/** One request as it went, for events, metrics, spans and alerts: who, which steps, how long, what came of it. No text. */
export class Trail implements Trailed {
  readonly requestId: string
  readonly traceId: string
  readonly parent: TraceParent | undefined
  readonly route: string
  readonly address: string | undefined
  /** Undefined when nobody traces. */
  readonly spans: RequestSpans | undefined
  /** Milliseconds of `performance.now()`. */
  readonly startedAt = performance.now()
  /** Milliseconds each step took. */
  readonly timings: { [step in Step]?: number } = {}

  actor: { readonly keyId: string; readonly role: Role; readonly user?: string } | undefined
  /** A model that exists; what callers make up is not kept. */
  model: string | undefined
  provider: string | undefined
  outcome: Outcome = 'allow'
  error: GatewayErrorCode | undefined
  usage: TokenUsage | undefined
  /** What the upstream calls the model. */
  upstreamModel: string | undefined
  isStream = false
  finishReasons: readonly string[] | undefined
  /** What each gate decided. */
  readonly verdicts: { readonly stage: Stage; readonly action: Outcome }[] = []
  /** What exceptions of the policy let pass, each rule once. */
  readonly excepted = new Map<string, Excepted>()
  /** Name of the limit that refused. */
  refusedBy: string | undefined
  /** Milliseconds until the first piece of a stream was ready to be sent. */
  firstTokenMs: number | undefined
  status = 0
  /** Milliseconds from start to end, once it is over. */
  durationMs = 0
  #mark = this.startedAt
  #onEnd: ((trail: Trail) => void) | undefined
  #isDeferred = false

  constructor(known: Trailed, onEnd: (trail: Trail) => void) {
    this.requestId = known.requestId
    this.traceId = known.traceId
    this.parent = known.parent
    this.route = known.route
    this.address = known.address
    this.spans = known.spans
    this.#onEnd = onEnd
  }

  get elapsedMs(): number {
    return rounded(performance.now() - this.startedAt)
  }

  /** The time since the last step ended was spent on this one. */
  step(step: Step): void {
    const now = performance.now()
    this.timings[step] = (this.timings[step] ?? 0) + now - this.#mark
    this.spans?.step(step, this.#mark, now, this)
    this.#mark = now
  }

  /** The `traceparent` to send on: of the span of the call, or, when nobody traces, of the request. */
  get traceParent(): string {
    const { traceId, requestId, parent } = this
    const own = { traceId, spanId: requestId.slice(-16), isSampled: parent?.isSampled ?? false }
    return writeTraceParent(this.spans?.parentOfCall ?? own)
  }

  noteExcepted(excepted: Excepted): void {
    this.excepted.set(`${excepted.stage} ${excepted.guard}/${excepted.code}`, excepted)
  }

  /** The answer is a stream: the request is over when that is, and `end` says so. */
  defer(): void {
    this.#isDeferred = true
  }

  /** The route has answered. */
  answered(status: number): void {
    this.status = status
    if (!this.#isDeferred) this.end()
  }

  /** Once; later calls say nothing new. */
  end(): void {
    const onEnd = this.#onEnd
    if (onEnd === undefined) return
    this.#onEnd = undefined
    if (this.#isDeferred) this.step('stream')
    this.durationMs = performance.now() - this.startedAt
    this.spans?.end(this)
    onEnd(this)
  }

  /** The steps with their times, for an event. */
  roundedTimings(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.timings).map(([step, ms]) => [step, rounded(ms)]))
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
