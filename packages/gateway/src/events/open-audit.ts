import { join } from 'node:path'
import { type AuditLog, AuditLogError, openAuditLog } from 'sallyport/audit'
import type { GatewayConfig } from '../config/gateway-config.ts'
import { ConfigurationError } from '../configuration-error.ts'
import type { EventBus, EventSink } from './event-bus.ts'
import { PendingEvents } from './pending-events.ts'
import { unaccountable } from './unaccountable.ts'

/** The log of an installation, as the gateway uses it. */
export interface Audit {
  readonly sink: EventSink
  /** False while the log cannot be written and the configuration says `block`. */
  isAccountable(): boolean
  /** Resolves when the events of a request are on disk; undefined when they are, or when answers do not wait. */
  settled(requestId: string): Promise<void> | undefined
  /** Tells the bus when the log stops and goes on being writable. */
  reportTo(bus: EventBus): void
  close(): Promise<void>
}

/**
 * Opens the security log in the data folder: everything the bus records goes into it.
 *
 * @throws ConfigurationError when it is in use, damaged or cannot be written.
 */
export async function openAudit(
  config: GatewayConfig['audit'],
  dataFolder: string,
  onFault: (error: unknown) => void = () => undefined,
): Promise<Audit | undefined> {
  if (!config.enabled) return undefined
  let bus: EventBus | undefined
  let log: AuditLog
  let pending: PendingEvents | undefined
  try {
    log = await openAuditLog({
      folder: join(dataFolder, 'audit'),
      onFailure: config.onFailure,
      ...(config.retentionDays === undefined ? {} : { retentionDays: config.retentionDays }),
      onStateChange: (state, code) => {
        pending?.setFailing(state !== 'writing')
        bus?.record({
          type: 'degraded',
          severity: state === 'writing' ? 'info' : 'critical',
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
  return {
    sink: pending ?? { write: (event) => log.write(event) },
    settled: (requestId) => pending?.settled(requestId),
    isAccountable: () => config.onFailure === 'drop' || log.state === 'writing',
    reportTo: (events) => {
      bus = events
    },
    close: async () => {
      bus = undefined
      // A disk that is still full must not keep the gateway from stopping.
      await log.close().catch(onFault)
    },
  }
}
