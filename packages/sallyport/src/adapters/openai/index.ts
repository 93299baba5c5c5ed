export type { AdapterOptions } from '../core/adapter-options.ts'
export { GateRefusal, type RefusedPart } from '../core/gate-refusal.ts'
export { guardFetch, type FetchLike } from './guard-fetch.ts'
export { guardOpenAI, type GuardableClient } from './guard-openai.ts'
