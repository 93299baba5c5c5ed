export { parseAdvisories } from './advisories.ts'
export type {
  Advisory,
  AuditContext,
  InstalledPackage,
  LockReport,
  ModelCall,
  RuntimeReport,
  SourceFinding,
  SourceReport,
} from './context.ts'
export type { ItemResult, ItemStatus } from './item.ts'
export { ITEMS } from './items.data.ts'
export type { ChecklistItem, ItemId } from './items.data.ts'
export { lookAtRuntime } from './look-at-runtime.ts'
export { startOwnGateway } from './own-gateway.ts'
export type { OwnGateway, OwnGatewayOptions } from './own-gateway.ts'
export { Probes } from './probes.ts'
export { runAudit } from './run-audit.ts'
export type { AuditReport } from './run-audit.ts'
export { ask, tlsRefusal } from './target.ts'
export type { Target } from './target.ts'
