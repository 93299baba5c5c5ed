import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const FILE = 'running-configuration.json'
const digestsSchema = z.object({ policy: z.string(), gateway: z.string() })

export interface ConfigurationDigests {
  readonly policy: string
  readonly gateway: string
}

/** Hex SHA-256. The configuration names places of secrets, never secrets. */
export function configurationDigest(config: object): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex')
}

/**
 * What is other than at the last start: nobody edits the policy of a stopped gateway unseen. Remembers the digests for
 * the next start. Empty at the first start, and when the file was lost.
 */
export function changedSince(folder: string, now: ConfigurationDigests): readonly (keyof ConfigurationDigests)[] {
  const file = join(folder, FILE)
  const before = readDigests(file)
  const changed =
    before === undefined ? [] : (['policy', 'gateway'] as const).filter((part) => before[part] !== now[part])
  if (before === undefined || changed.length > 0) writeFileSync(file, `${JSON.stringify(now)}\n`, { mode: 0o600 })
  return changed
}

function readDigests(file: string): ConfigurationDigests | undefined {
  try {
    return digestsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
