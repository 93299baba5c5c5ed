import type { AuditContext } from './context.ts'
import type { ItemId } from './items.data.ts'

/** `pass` only on positive evidence; `warn`: what was looked at does not prove it; `n/a`: there is nothing to look at. */
export type ItemStatus = 'pass' | 'fail' | 'warn' | 'n/a'

/** One line of the report: the stable JSON that scripts read. */
export interface ItemResult {
  readonly id: string
  readonly section: string
  readonly title: string
  readonly status: ItemStatus
  /** What was seen, in our words. Never a secret, never text of others. */
  readonly evidence: string
  readonly fix: string
}

export interface Outcome {
  readonly status: ItemStatus
  readonly evidence: string
  /** Instead of the item's own advice. */
  readonly fix?: string
}

/** Looks at one item. Throws only on faults; they become `warn`. */
export interface Check {
  readonly id: ItemId
  run(context: AuditContext): Promise<Outcome> | Outcome
}

export const pass = (evidence: string): Outcome => ({ status: 'pass', evidence })
export const fail = (evidence: string, fix?: string): Outcome => ({
  status: 'fail',
  evidence,
  ...(fix === undefined ? {} : { fix }),
})
export const warn = (evidence: string, fix?: string): Outcome => ({
  status: 'warn',
  evidence,
  ...(fix === undefined ? {} : { fix }),
})
export const notApplicable = (evidence: string): Outcome => ({ status: 'n/a', evidence })
