import { keyScopeSchema } from '../contract.ts'
import type { Role } from '../contract.ts'
import type { KeyRecord } from './key-store.ts'

/** Columns of the table `keys`, in the order of `keyValues`. */
export const KEY_COLUMNS =
  'id, name, role, digest, hint, created_at, last_used_at, revoked_at, expires_at, replaced_by, scope'

export function keyValues(record: KeyRecord): (string | null)[] {
  return [
    record.id,
    record.name,
    record.role,
    record.digest,
    record.hint,
    record.createdAt,
    record.lastUsedAt ?? null,
    record.revokedAt ?? null,
    record.expiresAt ?? null,
    record.replacedBy ?? null,
    JSON.stringify(record.scope),
  ]
}

/** @throws when a scope cannot be read: it must not become "no limits". */
export function toKeyRecord(row: Readonly<Record<string, unknown>>): KeyRecord {
  const optional = (name: string, column: string) => {
    const value = row[column]
    return value === null || value === undefined ? {} : { [name]: text(value) }
  }
  return {
    id: text(row['id']),
    name: text(row['name']),
    role: text(row['role']) as Role,
    digest: text(row['digest']),
    hint: text(row['hint']),
    createdAt: text(row['created_at']),
    ...optional('lastUsedAt', 'last_used_at'),
    ...optional('revokedAt', 'revoked_at'),
    ...optional('expiresAt', 'expires_at'),
    ...optional('replacedBy', 'replaced_by'),
    scope: keyScopeSchema.strict().parse(JSON.parse(text(row['scope']))),
  }
}

/** PostgreSQL gives moments as dates, SQLite as text. */
function text(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}
