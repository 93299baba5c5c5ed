export { GateRefusal } from '../core/gate-refusal.ts'
export { definitionChanges, type DefinitionChange } from './definition-diff.ts'
export type { McpGuardOptions, McpTransport } from './guard-options.ts'
export { McpGuard } from './mcp-guard.ts'
export {
  acceptPending,
  DEFINITION_KINDS,
  EMPTY_LOCK,
  memoryPins,
  pinsOf,
  type DefinitionKind,
  type LockData,
  type Pin,
  type PinStore,
  type ServerPins,
} from './pins.ts'
