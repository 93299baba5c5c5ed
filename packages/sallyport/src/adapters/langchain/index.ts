export type { AdapterOptions } from '../core/adapter-options.ts'
export { GateRefusal, type RefusedPart } from '../core/gate-refusal.ts'
export { guardChatModel } from './guard-chat-model.ts'
export { GuardedChatModel } from './guarded-chat-model.ts'
