import type { ConfigVersion } from './config-history.ts'

export function toConfigVersion(row: Readonly<Record<string, unknown>>): ConfigVersion {
  const at = row['at']
  return {
    id: Number(row['id']),
    at: at instanceof Date ? at.toISOString() : String(at),
    by: String(row['by']),
    version: String(row['version']),
    policyDigest: String(row['policy_digest']),
    configDigest: String(row['config_digest']),
    changed: row['changed'] === 1 || row['changed'] === true,
  }
}
