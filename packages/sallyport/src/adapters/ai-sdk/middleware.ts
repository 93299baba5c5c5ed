import type { AdapterOptions } from '../core/adapter-options.ts'
import { guardedGenerate, guardedStream } from './guard-language-model.ts'
import type { CallOptions, GuardableModel } from './model-shape.ts'

/** What the AI SDK hands to a middleware, as far as it is used. */
interface Wrapped {
  readonly model: unknown
  readonly params: unknown
}

/** Middleware of specification v3 and v4. */
export interface GateMiddleware<Version extends 'v3' | 'v4'> {
  readonly specificationVersion: Version
  // Fits the types of either specification: what is answered has the form that was answered by the model.
  wrapGenerate(wrapped: Wrapped): Promise<never>
  wrapStream(wrapped: Wrapped): Promise<never>
}

/**
 * The gates as middleware for `wrapLanguageModel`, to be combined with others. Put it first: middleware that stands
 * before it works on texts that no gate has seen.
 *
 * @param version `v3` for `ai` 6 (default), `v4` for `ai` 7.
 * @example
 * ```ts
 * const model = wrapLanguageModel({ model: openai('gpt-5-mini'), middleware: gateMiddleware() })
 * ```
 */
export function gateMiddleware<Version extends 'v3' | 'v4' = 'v3'>(
  settings: AdapterOptions = {},
  version: Version = 'v3' as Version,
): GateMiddleware<Version> {
  return {
    specificationVersion: version,
    wrapGenerate: async ({ model, params }) =>
      (await guardedGenerate(model as GuardableModel, params as CallOptions, settings)) as never,
    wrapStream: async ({ model, params }) =>
      (await guardedStream(model as GuardableModel, params as CallOptions, settings)) as never,
  }
}
