import type { AuditContext } from './context.ts'
import type { Check, ItemResult, Outcome } from './item.ts'
import { type ChecklistItem, ITEMS } from './items.data.ts'
import { CHECKS } from './registry.ts'

export interface AuditReport {
  readonly items: readonly ItemResult[]
}

/** Runs every check, one after the other: probes must not get into each other's way. `onItem` hears of each as it is done. */
export async function runAudit(
  context: AuditContext,
  onItem: (item: ItemResult) => void = () => undefined,
  checks: readonly Check[] = CHECKS,
): Promise<AuditReport> {
  const items: ItemResult[] = []
  for (const check of checks) {
    const item = ITEMS.find(({ id }) => id === check.id) as ChecklistItem
    const { status, evidence, fix } = await outcomeOf(check, context)
    const result: ItemResult = {
      id: item.id,
      section: item.section,
      title: item.title,
      status,
      evidence,
      fix: fix ?? item.fix,
    }
    items.push(result)
    onItem(result)
  }
  return { items }
}

/** A check that cannot be carried out proves nothing. */
async function outcomeOf(check: Check, context: AuditContext): Promise<Outcome> {
  try {
    return await check.run(context)
  } catch (error) {
    const code = (error as { readonly cause?: { readonly code?: string } }).cause?.code ?? (error as Error).name
    return { status: 'warn', evidence: `This could not be looked at: ${code}.` }
  }
}
