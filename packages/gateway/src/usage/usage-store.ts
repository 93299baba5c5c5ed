/** What one key used on one day (UTC). */
export interface UsageRow {
  /** `2026-01-31`. */
  readonly day: string
  readonly keyId: string
  /** Stands for the person behind the key; empty when the key names none. */
  readonly user: string
  readonly model: string
  readonly requests: number
  readonly promptTokens: number
  readonly completionTokens: number
}

export const USAGE_GROUPS = ['day', 'key', 'user', 'model'] as const
export type UsageGroup = (typeof USAGE_GROUPS)[number]

export interface UsageQuery {
  /** First and last day, both included. */
  readonly from: string
  readonly to: string
  /** What the sums are over; what is not named is summed up. */
  readonly by: readonly UsageGroup[]
  readonly limit: number
}

/** Sums. Of what was summed up there is no field. */
export interface UsageSum {
  readonly day?: string
  readonly keyId?: string
  readonly user?: string
  readonly model?: string
  readonly requests: number
  readonly promptTokens: number
  readonly completionTokens: number
}

/** Where usage is counted for good. Every method rejects with StorageError when the store cannot be asked. */
export interface UsageStore {
  /** Adds to what is there: all rows or none. */
  add(rows: readonly UsageRow[]): Promise<void>
  /** By day, then the most requests first. */
  sum(query: UsageQuery): Promise<readonly UsageSum[]>
  /** Forgets days before this one. */
  deleteBefore(day: string): Promise<void>
}
