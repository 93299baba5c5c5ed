import type { ConfigHistory } from '../history/config-history.ts'
import type { KeyStore } from '../identity/key-store.ts'
import type { UsageStore } from '../usage/usage-store.ts'

/** Everything an installation keeps in a database. */
export interface Stores {
  readonly keys: KeyStore
  readonly configHistory: ConfigHistory
  readonly usage: UsageStore
  /**
   * Binds the database to an installation key by a digest of it, at the first call for good.
   *
   * @returns the digest it is bound to.
   */
  claim(keyCheck: string): Promise<string>
  /** The digest it is bound to, if it is. */
  claimed(): Promise<string | undefined>
  close(): Promise<void>
}
