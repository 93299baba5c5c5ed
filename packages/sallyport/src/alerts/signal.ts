import type { Severity } from '../guard/finding.ts'

/** The part of a security event that alerts read. */
export interface AlertEvent {
  readonly type: string
  readonly severity: Severity
  readonly outcome?: string | undefined
  readonly actor?: { readonly keyId?: string | undefined; readonly user?: string | undefined } | undefined
  /** Network address of a refused caller. */
  readonly source?: string | undefined
  /** `guard/code`; of `degraded` events the part concerned: `store/NAME`, `audit/log`, `upstream/NAME`. */
  readonly rule?: string | undefined
  readonly guard?: string | undefined
  /** How many events it stands for. Default 1. */
  readonly count?: number | undefined
}

/** One request of somebody known that is over. */
export interface UsageSample {
  readonly key: string
  readonly user?: string | undefined
  readonly address?: string | undefined
  /** True when a gate, a limit or a permission refused it. */
  readonly denied: boolean
  /** Of prompt and answer. */
  readonly tokens: number
}
