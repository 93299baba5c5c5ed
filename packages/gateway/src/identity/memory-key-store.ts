import type { KeyRecord, KeyStore } from './key-store.ts'

/** Keys that live as long as the process. */
export function memoryKeyStore(): KeyStore {
  const records = new Map<string, KeyRecord>()
  let revision = 0
  const change = (id: string, fields: Partial<KeyRecord>): void => {
    const record = records.get(id)
    if (record !== undefined) records.set(id, { ...record, ...fields })
  }
  const isKnown = ({ id, digest }: KeyRecord): boolean =>
    records.has(id) || [...records.values()].some((known) => known.digest === digest)
  return {
    read: async () => ({ records: [...records.values()], revision, isComplete: true }),
    insert: async (added, { onlyFirst = false } = {}) => {
      if ((onlyFirst && records.size > 0) || added.some(isKnown)) return false
      revision++
      for (const record of added) records.set(record.id, record)
      return true
    },
    replace: async (id, expiresAt, successor) => {
      const old = records.get(id)
      if (old === undefined || old.revokedAt !== undefined || old.replacedBy !== undefined) return false
      if (isKnown(successor)) return false
      revision++
      records.set(successor.id, successor)
      change(id, { expiresAt, replacedBy: successor.id })
      return true
    },
    setRevoked: async (id, revokedAt) => {
      const record = records.get(id)
      if (record === undefined || record.revokedAt !== undefined) return false
      revision++
      change(id, { revokedAt })
      return true
    },
    setLastUsed: async (times) => {
      for (const [id, lastUsedAt] of times) {
        if ((records.get(id)?.lastUsedAt ?? '') < lastUsedAt) change(id, { lastUsedAt })
      }
    },
  }
}
