import type { KeyRecord, KeyStore } from './key-store.ts'

/** Keys that live as long as the process. */
export function memoryKeyStore(): KeyStore {
  const records = new Map<string, KeyRecord>()
  const change = (id: string, fields: Partial<KeyRecord>): void => {
    const record = records.get(id)
    if (record !== undefined) records.set(id, { ...record, ...fields })
  }
  return {
    all: () => [...records.values()],
    insert: (record) => void records.set(record.id, record),
    replace: (id, expiresAt, successor) => {
      records.set(successor.id, successor)
      change(id, { expiresAt, replacedBy: successor.id })
    },
    setRevoked: (id, revokedAt) => change(id, { revokedAt }),
    setLastUsed: (id, lastUsedAt) => change(id, { lastUsedAt }),
    close: () => undefined,
  }
}
