/** One time a configuration came into force. */
export interface ConfigVersion {
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  /** Who: `user@host` of the process that started, or the id of a key. */
  readonly by: string
  readonly version: string
  /** Hex SHA-256 of the policy, as in `GET /admin/api/summary`. */
  readonly policyDigest: string
  /** Hex SHA-256 of the whole configuration, secrets masked. */
  readonly configDigest: string
  /** False when it is the one that was in force before. */
  readonly changed: boolean
}

export type NewConfigVersion = Omit<ConfigVersion, 'id' | 'changed'> & {
  /** As JSON, secrets masked. */
  readonly config: string
}

/** What was in force when. Every method rejects with StorageError when the store cannot be asked. */
export interface ConfigHistory {
  /** Adds an entry and forgets all but the newest thousand. */
  add(entry: NewConfigVersion): Promise<ConfigVersion>
  /** Newest first; older than the entry `before`. */
  list(limit: number, before?: number): Promise<readonly ConfigVersion[]>
  /** The configuration of a digest as JSON, or undefined. */
  configOf(configDigest: string): Promise<string | undefined>
}

/** Entries that are kept. */
export const HISTORY_KEPT = 1_000
