import type { ApprovalDesk, Shield } from 'sallyport'
import type { Vault } from 'sallyport/vault'
import type { ItemResult } from './checklist/item.ts'
import type { AlertWatch } from './alerts/alert-watch.ts'
import type { GatewayConfig } from './config/gateway-config.ts'
import type { EventBus } from './events/event-bus.ts'
import type { FailureThrottle } from './events/failure-throttle.ts'
import type { LogAccess } from './events/log-access.ts'
import type { LabelCheck } from './gates/label-check.ts'
import type { ConsoleFiles } from './http/console-files.ts'
import type { KeyRing } from './identity/key-ring.ts'
import type { Lockout } from './identity/lockout.ts'
import type { Patience } from './identity/patience.ts'
import type { Sessions } from './identity/sessions.ts'
import type { RateLimits } from './limits/rate-limits.ts'
import type { Trail } from './observe/trail.ts'
import type { ModelTable } from './providers/model-table.ts'
import type { Stores } from './storage/stores.ts'
import type { UsageMeter } from './usage/usage-meter.ts'

/** Everything the routes work with, made once. */
export interface Services {
  readonly config: GatewayConfig
  readonly version: string
  readonly shield: Shield
  /** A shield by the name of its preset, for trying things out. */
  readonly shieldOf: (preset: string) => Shield | undefined
  readonly keys: KeyRing
  /** What placeholders of this gateway stand for. */
  readonly vault: Vault
  /** Tool calls that wait for a person. */
  readonly approvals: ApprovalDesk
  readonly sessions: Sessions
  /** Slows addresses that send wrong keys. */
  readonly lockout: Lockout
  readonly patience: Patience
  /** Stands for a person in events and limits. */
  readonly pseudonym: (user: string) => string
  readonly events: EventBus
  /** Records refused strangers. */
  readonly failures: FailureThrottle
  /** Records faults of upstreams and of our own. */
  readonly faults: FailureThrottle
  readonly rateLimits: RateLimits
  readonly models: ModelTable
  /** What is kept in the database. */
  readonly stores: Stores
  /** Counts what keys use. */
  readonly usage: UsageMeter
  /** Names of what is out of reach while the gateway goes on without it: `database`, `limits`. */
  readonly degraded: () => readonly string[]
  readonly labels: LabelCheck
  readonly console: ConsoleFiles
  readonly startedAt: number
  /** Goes through the security checklist. Undefined where a gateway was not started by `startGateway`. */
  readonly checklist: (() => Promise<readonly ItemResult[]>) | undefined
  /** Undefined when alerts are turned off. */
  readonly alerts: AlertWatch | undefined
  /** Told once of each request of a route, when it is over. */
  readonly onRequestEnd: (trail: Trail) => void
  readonly counts: { requests: number; blocked: number; redacted: number }
  /** Tells the operator's log about a fault nobody foresaw. */
  readonly reportFault: (error: unknown) => void
  /** False while events cannot be recorded for good and the configuration asks for that. */
  readonly isAccountable: () => boolean
  /** The security log; undefined when it is off. */
  readonly log: LogAccess | undefined
  /** Resolves when the events of a request are on disk; undefined when its answer has nothing to wait for. */
  readonly settled: (requestId: string) => Promise<void> | undefined
  /** False once the gateway drains. */
  isReady: boolean
  /** Calls `listener` when the gateway closes, so that open streams end; the returned function takes it back. */
  onClose(listener: () => void): () => void
}
