export type { Approval, ApprovalState, ApprovalStore } from './approval.ts'
export {
  ApprovalDesk,
  type ApprovalDeskOptions,
  type ApprovalReasons,
  type DecideRefusal,
  type PendingApproval,
  type RedeemRefusal,
} from './approval-desk.ts'
export { approvalDigest, policyDigestOf } from './approval-digest.ts'
export { memoryApprovalStore } from './memory-approval-store.ts'
