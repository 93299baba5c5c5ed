import type { Policy } from 'sallyport'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { Probes } from './probes.ts'
import type { Target } from './target.ts'

/** What a scan of a source tree says; made by whoever can read files (the command line). */
export interface SourceReport {
  readonly root: string
  readonly filesScanned: number
  /** Commits whose additions were read; absent when the history was not read. */
  readonly commits?: number
  readonly findings: readonly SourceFinding[]
  /** Places that call a model. */
  readonly modelCalls: readonly ModelCall[]
  /** Lock file and what it says is installed; absent when there is none. */
  readonly lock?: LockReport
}

export interface SourceFinding {
  readonly rule: string
  readonly level: 'note' | 'warning' | 'error'
  readonly file: string
  readonly line: number
}

export interface ModelCall {
  readonly file: string
  readonly line: number
  /** Gated here, sent to a base URL that somebody chose, or straight to a provider. */
  readonly way: 'gated' | 'chosen-url' | 'direct'
  /** Asks for or validates a schema. */
  readonly hasSchema: boolean
}

export interface LockReport {
  /** One or more, joined by commas. */
  readonly file: string
  readonly packages: number
  readonly installed: readonly InstalledPackage[]
}

export interface InstalledPackage {
  readonly ecosystem: 'npm' | 'PyPI'
  readonly name: string
  readonly version: string
}

/** A vulnerable package that an advisory source named. */
export interface Advisory {
  readonly name: string
  /** Installed version and id of the advisory, where the source says them. */
  readonly version?: string
  readonly id?: string
  readonly severity: 'low' | 'moderate' | 'high' | 'critical'
}

export interface OpenFile {
  /** Relative to the data folder, or the setting that names it: `gateway.listen.tls.key`. */
  readonly name: string
  /** False in a folder that nobody else gets into: what is in it is out of reach, whatever its own mode says. */
  readonly isReachable: boolean
}

export interface RuntimeReport {
  /** `20.19.1`; absent for an API elsewhere, whose runtime nobody here knows. */
  readonly nodeVersion?: string
  /** Vulnerable packages; absent when no advisory source was given. */
  readonly advisories?: readonly Advisory[]
  /** Files and folders that others than their owner may read or write. */
  readonly openFiles?: readonly OpenFile[]
  /** How many were looked at. */
  readonly filesLookedAt?: number
}

/** Everything the checks may look at. What is absent makes an item `warn` or `n/a`, never `pass`. */
export interface AuditContext {
  readonly config?: GatewayConfig
  readonly policy?: Policy
  readonly source?: SourceReport
  readonly runtime?: RuntimeReport
  /** The application's own system prompt, when one was given. */
  readonly systemPrompt?: string
  readonly target?: Target
  /** Present when there is a target. */
  readonly probes?: Probes
  /** Dangerous settings of the configuration, when it was looked at. */
  readonly risks?: readonly {
    readonly code: string
    readonly grade: 'low' | 'medium' | 'high'
    readonly path: string
  }[]
  /** Milliseconds since the epoch. */
  readonly now: number
}
