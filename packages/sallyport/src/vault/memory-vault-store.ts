import type { VaultCount, VaultFilter, VaultRow, VaultStore } from './vault-store.ts'

/** Rows in the memory of this process: gone with it. */
export function memoryVaultStore(): VaultStore {
  const rows = new Map<string, VaultRow>()
  const keyOf = ({ scope, code }: Pick<VaultRow, 'scope' | 'code'>): string => `${scope} ${code}`
  const deleteWhere = (isMeant: (row: VaultRow) => boolean): number => {
    let count = 0
    for (const [key, row] of rows) {
      if (!isMeant(row)) continue
      rows.delete(key)
      count++
    }
    return count
  }
  return {
    find: async (scope, codes, now) =>
      codes.flatMap((code) => {
        const row = rows.get(keyOf({ scope, code }))
        return row !== undefined && row.expiresAt > now ? [row] : []
      }),
    put: async (added) => {
      for (const row of added) rows.set(keyOf(row), row)
    },
    delete: async (filter) => deleteWhere((row) => fits(row, filter)),
    expire: async (now) => deleteWhere((row) => row.expiresAt <= now),
    count: async (now) => countRows([...rows.values()].filter((row) => row.expiresAt > now)),
    close: () => rows.clear(),
  }
}

function fits(row: VaultRow, { tenant, subject, conversation }: VaultFilter): boolean {
  return (
    (tenant === undefined || row.tenant === tenant) &&
    (subject === undefined || row.subject === subject) &&
    (conversation === undefined || row.conversation === conversation)
  )
}

function countRows(rows: readonly VaultRow[]): VaultCount[] {
  const counts = new Map<string, VaultCount & { entities: Record<string, number>; expiresAt: number }>()
  for (const { scope, tenant, subject, conversation, entity, expiresAt } of rows) {
    let count = counts.get(scope)
    if (count === undefined) counts.set(scope, (count = { tenant, subject, conversation, entities: {}, expiresAt }))
    count.entities[entity] = (count.entities[entity] ?? 0) + 1
    count.expiresAt = Math.max(count.expiresAt, expiresAt)
  }
  return [...counts.values()]
}
