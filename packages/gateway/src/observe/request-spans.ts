import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api'
import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api'
import { VERSION } from '../version.ts'
import type { TraceParent } from './trace-context.ts'
import type { Step, Trail } from './trail.ts'

/** Steps that are spans of their own: what we add to a request. */
const GATES: Partial<Record<Step, string>> = { 'input-gate': 'input', 'output-gate': 'output' }

/**
 * The spans of one request: the request itself, the gates and the call to the model, named as the semantic conventions
 * for HTTP and generative AI name them. They hold numbers and names of the configuration, never text.
 *
 * Without an OpenTelemetry SDK in the process there are none, and nothing is done.
 */
export class RequestSpans {
  readonly #tracer: Tracer
  readonly #request: Span
  readonly #context: Context
  #call: Span | undefined

  private constructor(tracer: Tracer, request: Span) {
    this.#tracer = tracer
    this.#request = request
    this.#context = trace.setSpan(ROOT_CONTEXT, request)
  }

  static start(route: string, parent: TraceParent | undefined): RequestSpans | undefined {
    const tracer = trace.getTracer('sallyport', VERSION)
    const remote =
      parent === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, {
            traceId: parent.traceId,
            spanId: parent.spanId,
            traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
            isRemote: true,
          })
    const span = tracer.startSpan(route, { kind: SpanKind.SERVER }, remote)
    if (!span.isRecording()) return undefined
    const [method = '', path = ''] = route.split(' ')
    span.setAttributes({ 'http.request.method': method, 'http.route': path })
    return new RequestSpans(tracer, span)
  }

  get traceId(): string {
    return this.#request.spanContext().traceId
  }

  /** Where the call to the model stands in the trace. */
  get parentOfCall(): TraceParent {
    const { traceId, spanId, traceFlags } = (this.#call ?? this.#request).spanContext()
    return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }
  }

  /** A step that is over. */
  step(step: Step, from: number, until: number, trail: Trail): void {
    const gate = GATES[step]
    if (gate === undefined) return
    const startTime = epoch(from)
    const attributes: Attributes = { 'sallyport.gate': gate }
    const verdict = trail.verdicts.findLast(({ stage }) => stage === gate)
    if (verdict !== undefined) attributes['sallyport.action'] = verdict.action
    const span = this.#tracer.startSpan(`sallyport.gate ${gate}`, { startTime, attributes }, this.#context)
    span.end(epoch(until))
  }

  /** The call to the model begins. */
  callModel({ provider = '', upstreamModel = '', isStream }: Trail, maxTokens: unknown): void {
    const attributes: Attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': upstreamModel,
      ...(isStream ? { 'gen_ai.request.stream': true } : {}),
      ...(typeof maxTokens === 'number' ? { 'gen_ai.request.max_tokens': maxTokens } : {}),
    }
    const options = { kind: SpanKind.CLIENT, attributes }
    this.#call = this.#tracer.startSpan(`chat ${upstreamModel}`, options, this.#context)
  }

  /** The answer is there, or there will be none. */
  endCall({ usage, error, finishReasons, timings, firstTokenMs }: Trail, at = performance.now()): void {
    const span = this.#call
    if (span === undefined) return
    this.#call = undefined
    if (usage !== undefined) {
      span.setAttributes({ 'gen_ai.usage.input_tokens': usage.input, 'gen_ai.usage.output_tokens': usage.output })
    }
    if (finishReasons !== undefined) span.setAttribute('gen_ai.response.finish_reasons', [...finishReasons])
    if (timings.stream !== undefined && firstTokenMs !== undefined) {
      span.setAttribute('gen_ai.response.time_to_first_chunk', firstTokenMs / 1_000)
    }
    if (error !== undefined) fail(span, error)
    span.end(epoch(at))
  }

  /** The request is over. */
  end(trail: Trail): void {
    this.endCall(trail)
    const { status, error, outcome, requestId } = trail
    this.#request.setAttributes({
      'http.response.status_code': status,
      'sallyport.request_id': requestId,
      'sallyport.action': outcome,
    })
    if (error !== undefined) {
      // A refusal is an answer, not a fault of the server.
      if (status >= 500) fail(this.#request, error)
      else this.#request.setAttribute('error.type', error)
    }
    this.#request.end()
  }
}

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function epoch(at: number): number {
  return performance.timeOrigin + at
}
