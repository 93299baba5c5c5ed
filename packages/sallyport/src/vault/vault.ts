import type { Pseudonymizer, Restorer } from '../guard/pseudonyms.ts'
import { ORIGINS, type Origin } from '../guard/stage.ts'
import { LookAlikeScan } from './look-alike-scan.ts'
import { memoryVaultStore } from './memory-vault-store.ts'
import { codeOf, placeholderOf, possibleCodes } from './placeholder-form.ts'
import { RestoredText } from './restore-text.ts'
import { type KeptValue, ValueTable } from './value-table.ts'
import type { VaultCrypto } from './vault-crypto.ts'
import type { VaultCount, VaultFilter, VaultRow, VaultStore } from './vault-store.ts'

export interface VaultOptions {
  readonly crypto: VaultCrypto
  /** Where values of named conversations are kept. Default: in the memory of this process. */
  readonly store?: VaultStore
  /** How long a value is kept after it was last written. Default 7 days. */
  readonly lifetimeMs?: number
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
}

/** Whose conversation it is. Two that differ in a word have nothing in common: no placeholder, no key, no value. */
export interface VaultScope {
  /** Who answers for the traffic, e.g. the id of a client key. */
  readonly tenant: string
  /** The person, as a pseudonym. */
  readonly subject?: string
  /** Name of the conversation. Without it nothing is kept: only values of the request at hand are put back. */
  readonly conversation?: string
}

/** One request or session with its placeholders. */
export interface VaultConversation {
  readonly pseudonymizer: Pseudonymizer
  /** `json` is for answers that are JSON as a whole: values go into its strings escaped. */
  restorer(options?: { readonly json?: boolean }): Restorer
  /** Fetches the kept values of placeholders that stand in these texts. Nothing to do for unnamed conversations. */
  recall(texts: Iterable<string>): Promise<void>
  /**
   * Keeps what was added since the last time, if the conversation has a name, and learns who wrote it earlier. Call it
   * between the texts to the model and those from it.
   */
  save(): Promise<void>
}

export interface Vault {
  open(scope: VaultScope): VaultConversation
  /** Deletes for good. `conversation` is its name. @returns How many values. */
  delete(filter: VaultFilter): Promise<number>
  /** How many values are kept, by conversation and entity; never the values. */
  count(): Promise<readonly VaultCount[]>
  /** Deletes what has ended. @returns How many values. */
  expire(): Promise<number>
  close(): void
}

const DAY_MS = 86_400_000
/** Values of one request. Further ones are redacted one way. */
const MAX_VALUES = 10_000
/** Characters of a value. A longer match is no address. */
const MAX_VALUE_LENGTH = 2_000
/** Codes looked up for one request. */
const MAX_RECALLED = 1_000

/** A vault of values that placeholders stand for: encrypted in the store, apart for each tenant and conversation. */
export function createVault(options: VaultOptions): Vault {
  const { crypto, store = memoryVaultStore(), lifetimeMs = 7 * DAY_MS, now = Date.now } = options
  const nameDigest = (name: string): string => hex(crypto.digest('conversation name', [name])).slice(0, 32)
  return {
    open: (scope) => new OpenConversation(scope, { crypto, store, lifetimeMs, now, nameDigest }),
    delete: ({ conversation, ...filter }) =>
      store.delete({ ...filter, ...(conversation !== undefined && { conversation: nameDigest(conversation) }) }),
    count: () => store.count(now()),
    expire: () => store.expire(now()),
    close: () => store.close(),
  }
}

interface Parts {
  readonly crypto: VaultCrypto
  readonly store: VaultStore
  readonly lifetimeMs: number
  readonly now: () => number
  readonly nameDigest: (name: string) => string
}

class OpenConversation implements VaultConversation {
  readonly pseudonymizer: Pseudonymizer
  readonly #parts: Parts
  readonly #row: Pick<VaultRow, 'scope' | 'tenant' | 'subject' | 'conversation'> | undefined
  readonly #names: readonly string[]
  #madeScope: string | undefined
  readonly #table = new ValueTable()
  readonly #unsaved = new Set<string>()

  constructor({ tenant, subject = '', conversation }: VaultScope, parts: Parts) {
    this.#parts = parts
    this.#names = [tenant, subject, ...(conversation === undefined ? [] : [conversation])]
    if (conversation !== undefined) {
      this.#row = { scope: this.#scope, tenant, subject, conversation: parts.nameDigest(conversation) }
    }
    this.pseudonymizer = {
      placeholder: (entity, value, origin) => this.#placeholder(entity, value, origin),
      findLookAlikes: () => new LookAlikeScan((code) => this.#table.has(code)),
    }
  }

  /** Made when it is needed first: most requests hold nothing to keep apart. */
  get #scope(): string {
    this.#madeScope ??= hex(this.#parts.crypto.digest('scope', this.#names))
    return this.#madeScope
  }

  restorer({ json = false }: { readonly json?: boolean } = {}): Restorer {
    return {
      open: (rule, { stage }) =>
        this.#table.size === 0
          ? undefined
          : new RestoredText(this.#table, rule, { encoding: json && stage === 'output' ? 'json' : 'plain' }),
    }
  }

  async recall(texts: Iterable<string>): Promise<void> {
    if (this.#row === undefined) return
    const codes = new Set<string>()
    for (const text of texts) {
      for (const code of possibleCodes(text)) if (codes.size < MAX_RECALLED && !this.#table.has(code)) codes.add(code)
    }
    if (codes.size === 0) return
    const rows = await this.#parts.store.find(this.#scope, [...codes], this.#parts.now())
    for (const row of rows) this.#remember(row)
  }

  async save(): Promise<void> {
    if (this.#row === undefined || this.#unsaved.size === 0) return
    const { now, lifetimeMs, store } = this.#parts
    const time = now()
    const expiresAt = time + lifetimeMs
    // A conversation sends its history with every request: what was kept lately needs no second writing.
    const lately = new Map<string, VaultRow>()
    for (const row of await store.find(this.#scope, [...this.#unsaved], time)) {
      // A value may have been the user's in a message that is no longer sent along.
      this.#remember(row)
      if (row.expiresAt > time + lifetimeMs / 2) lately.set(row.code, row)
    }
    const rows: VaultRow[] = []
    for (const code of this.#unsaved) {
      const kept = this.#table.get(code)
      if (kept === undefined || this.#tellsAll(lately.get(code), kept)) continue
      const { entity, value, origins } = kept
      const sealed = this.#parts.crypto.seal(this.#scope, JSON.stringify({ value, origins: [...origins] }), [
        code,
        entity,
      ])
      rows.push({ ...this.#row, code, entity, sealed, expiresAt })
    }
    this.#unsaved.clear()
    if (rows.length > 0) await store.put(rows)
  }

  #placeholder(entity: string, value: string, origin: Origin): string | undefined {
    if (value.length > MAX_VALUE_LENGTH) return undefined
    // Two values with one code happen once in millions of millions; the second is then counted on.
    for (let count = 0; ; count++) {
      const code = codeOf(this.#parts.crypto.digest('placeholder', [this.#scope, entity, value, String(count)]))
      const known = this.#table.get(code)
      if (known !== undefined && (known.value !== value || known.entity !== entity)) continue
      if (known === undefined && this.#table.size >= MAX_VALUES) return undefined
      this.#table.set(code, { entity, value, origins: new Set([...(known?.origins ?? []), origin]) })
      this.#unsaved.add(code)
      return placeholderOf(entity, code)
    }
  }

  #remember(row: VaultRow): void {
    const kept = this.#opened(row)
    if (kept === undefined) return
    const known = this.#table.get(row.code)
    this.#table.set(row.code, { ...kept, origins: new Set([...(known?.origins ?? []), ...kept.origins]) })
  }

  #tellsAll(row: VaultRow | undefined, { origins }: KeptValue): boolean {
    const kept = row && this.#opened(row)
    return kept !== undefined && [...origins].every((origin) => kept.origins.has(origin))
  }

  /** Undefined for a row that was not sealed here: tampered with, or from an installation with another key. */
  #opened({ code, entity, sealed }: VaultRow): KeptValue | undefined {
    const opened = this.#parts.crypto.unseal(this.#scope, sealed, [code, entity])
    if (opened === undefined) return undefined
    const { value, origins } = JSON.parse(opened) as { readonly value: string; readonly origins: readonly Origin[] }
    return { entity, value, origins: new Set(origins.filter((origin) => ORIGINS.includes(origin))) }
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
