import { join } from 'node:path'
import { type AuditLog, AuditLogError, openAuditLog } from 'sallyport/audit'
import type { GatewayConfig } from '../config/gateway-config.ts'
import { ConfigurationError } from '../configuration-error.ts'
import { LogReader } from '../audit-index/log-reader.ts'
import type { IndexPlace } from '../audit-index/reader-protocol.ts'
import type { LogAccess } from './log-access.ts'
import type { EventBus, EventSink } from './event-bus.ts'
import { postgresUrl } from '../storage/postgres/open-postgres.ts'
import { PendingEvents } from './pending-events.ts'
import { unaccountable } from './unaccountable.ts'

type AuditConfig = Pick<GatewayConfig, 'audit' | 'storage'>
type Environment = Readonly<Record<string, string | undefined>>

/** The log of an installation, as the gateway uses it. */
export interface Audit {
  readonly sink: EventSink
  /** False while the log cannot be written and the configuration says `block`. */
  isAccountable(): boolean
  /** Events that are not on disk yet, and those that were let go. */
  load(): { readonly waiting: number; readonly dropped: number }
  /** Resolves when the events of a request are on disk; undefined when they are, or when answers do not wait. */
  settled(requestId: string): Promise<void> | undefined
  /** Tells the bus when the log stops and goes on being writable. */
  reportTo(bus: EventBus): void
  /** Searches, verifies and anchors the log. */
  readonly access: LogAccess
  close(): Promise<void>
}

/**
 * Opens the security log in the data folder: everything the bus records goes into it.
 *
 * @throws ConfigurationError when it is in use, damaged or cannot be written.
 */
export async function openAudit(
  gateway: AuditConfig,
  dataFolder: string,
  environment: Environment = {},
  onFault: (error: unknown) => void = () => undefined,
): Promise<Audit | undefined> {
  const config = gateway.audit
  if (!config.enabled) return undefined
  const index = await indexPlace(gateway, environment)
  const folder = join(dataFolder, 'audit')
  let bus: EventBus | undefined
  let log: AuditLog
  let pending: PendingEvents | undefined
  try {
    log = await openAuditLog({
      folder,
      onFailure: config.onFailure,
      ...(config.retentionDays === undefined ? {} : { retentionDays: config.retentionDays }),
      onStateChange: (state, code) => {
        pending?.setFailing(state !== 'writing')
        bus?.record({
          type: 'degraded',
          severity: state === 'writing' ? 'info' : 'critical',
          rule: 'audit/log',
          outcome: state === 'writing' ? 'success' : 'failure',
          detail:
            state === 'writing'
              ? 'the security log is written again'
              : `the security log is ${state}: ${code ?? 'its thread ended'}`,
        })
      },
    })
  } catch (error) {
    if (error instanceof AuditLogError) throw new ConfigurationError(error.message, { cause: error })
    throw error
  }
  if (config.durability === 'before-answer') {
    pending = new PendingEvents(log, config.onFailure === 'block' ? unaccountable : undefined)
  }
  const reader = new LogReader({
    folder,
    log: log.log,
    index,
    onIndexChange: (isThere, reason) =>
      bus?.record({
        type: 'degraded',
        severity: isThere ? 'info' : 'low',
        detail: isThere
          ? 'the index of the security log is there again'
          : `the index of the security log is away (${reason ?? 'unknown'}): searches read the log`,
      }),
  })
  return {
    access: {
      search: (filter, newestFirst) => reader.search(filter, newestFirst),
      verify: (call) => reader.verify(call),
      isVerifying: () => reader.isVerifying,
      head: () => log.head(),
    },
    sink: pending ?? { write: (event) => log.write(event) },
    settled: (requestId) => pending?.settled(requestId),
    load: () => ({ waiting: log.waiting, dropped: log.dropped }),
    isAccountable: () => config.onFailure === 'drop' || log.state === 'writing',
    reportTo: (events) => {
      bus = events
    },
    close: async () => {
      bus = undefined
      await reader.close().catch(onFault)
      // A disk that is still full must not keep the gateway from stopping.
      await log.close().catch(onFault)
    },
  }
}

async function indexPlace({ audit, storage }: AuditConfig, environment: Environment): Promise<IndexPlace> {
  const { database, schema } = storage
  if (audit.index === 'off') return { store: 'off' }
  if (audit.index === 'sqlite' || (audit.index === 'auto' && database === undefined)) return { store: 'sqlite' }
  if (database === undefined) {
    throw new ConfigurationError('audit.index: postgres needs storage.database, the place of the URL.')
  }
  return { store: 'postgres', url: await postgresUrl(database, environment), schema }
}
