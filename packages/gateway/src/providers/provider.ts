import type { JsonObject, JsonValue } from '../json/parse-json.ts'

export interface ProviderCall {
  /** Checked and edited; `model` is what the provider calls it. */
  readonly body: JsonObject
  /** Aborted when the caller is gone or the overall time is over. */
  readonly signal: AbortSignal
  /** Where the call stands in a trace (W3C `traceparent`), for upstreams that are to know. */
  readonly traceParent?: () => string
}

/** Headers of an upstream's answer that may be passed on, values checked. */
export type PassedHeaders = Readonly<Record<string, string>>

/** Someone who answers chat requests. Every failure is a `GatewayError` in our words. */
export interface Provider {
  readonly name: string
  complete(call: ProviderCall): Promise<{ readonly body: JsonValue; readonly headers: PassedHeaders }>
  /** The chunks of a streamed answer. Ends after `[DONE]`; throws when the stream breaks. */
  stream(call: ProviderCall): Promise<{ readonly chunks: AsyncIterable<JsonValue>; readonly headers: PassedHeaders }>
  /** Names of the models it serves, as far as it says. */
  models(signal: AbortSignal): Promise<readonly string[]>
  close(): Promise<void>
}
