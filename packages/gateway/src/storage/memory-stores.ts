import { HISTORY_KEPT } from '../history/config-history.ts'
import type { ConfigHistory, ConfigVersion } from '../history/config-history.ts'
import { memoryKeyStore } from '../identity/memory-key-store.ts'
import type { UsageQuery, UsageRow, UsageStore, UsageSum } from '../usage/usage-store.ts'
import type { Stores } from './stores.ts'

/** Everything as long as the process lives. */
export function memoryStores(): Stores {
  let check: string | undefined
  return {
    keys: memoryKeyStore(),
    configHistory: memoryConfigHistory(),
    usage: memoryUsage(),
    claim: async (keyCheck) => (check ??= keyCheck),
    claimed: async () => check,
    close: async () => undefined,
  }
}

function memoryConfigHistory(): ConfigHistory {
  const entries: ConfigVersion[] = []
  const configs = new Map<string, string>()
  let id = 0
  return {
    add: async ({ config, ...entry }) => {
      const added = { id: ++id, ...entry, changed: entries.at(-1)?.configDigest !== entry.configDigest }
      entries.push(added)
      if (entries.length > HISTORY_KEPT) entries.shift()
      configs.set(entry.configDigest, config)
      for (const digest of configs.keys()) {
        if (entries.every(({ configDigest }) => configDigest !== digest)) configs.delete(digest)
      }
      return added
    },
    list: async (limit, before = Infinity) =>
      entries
        .filter((entry) => entry.id < before)
        .toReversed()
        .slice(0, limit),
    configOf: async (digest) => configs.get(digest),
  }
}

function memoryUsage(): UsageStore {
  let rows: UsageRow[] = []
  return {
    add: async (added) => {
      rows = sumsOver([...rows, ...added], ['day', 'keyId', 'user', 'model']) as UsageRow[]
    },
    sum: async (query) => sumUp(rows, query),
    deleteBefore: async (day) => {
      rows = rows.filter((row) => row.day >= day)
    },
  }
}

const FIELDS = { day: 'day', key: 'keyId', user: 'user', model: 'model' } as const
type Field = (typeof FIELDS)[keyof typeof FIELDS]

function sumUp(rows: readonly UsageRow[], { from, to, by, limit }: UsageQuery): readonly UsageSum[] {
  const sums = sumsOver(
    rows.filter(({ day }) => day >= from && day <= to),
    by.map((group) => FIELDS[group]),
  )
  const order = (a: UsageSum, b: UsageSum): number =>
    (a.day ?? '').localeCompare(b.day ?? '') || b.requests - a.requests
  return sums.toSorted(order).slice(0, limit)
}

function sumsOver(rows: readonly UsageRow[], fields: readonly Field[]): UsageSum[] {
  const sums = new Map<string, UsageSum>()
  for (const row of rows) {
    const group = Object.fromEntries(fields.map((field) => [field, row[field]]))
    const key = JSON.stringify(group)
    const known = sums.get(key)
    sums.set(key, {
      ...group,
      requests: (known?.requests ?? 0) + row.requests,
      promptTokens: (known?.promptTokens ?? 0) + row.promptTokens,
      completionTokens: (known?.completionTokens ?? 0) + row.completionTokens,
    })
  }
  return [...sums.values()]
}
