export { GateRefusal, type RefusedPart } from '../core/gate-refusal.ts'
export { expressRoute, fastifyRoute, honoGate } from './frameworks.ts'
export { gateExchange, guardRoute, type HttpOptions } from './guard-route.ts'
