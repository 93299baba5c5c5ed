import type { GatewayConfig } from '../config/gateway-config.ts'
import type { EventBus } from '../events/event-bus.ts'
import { connectRedis } from '../limits/open-redis.ts'
import { AlertShare } from './alert-share.ts'
import type { AlertRedis } from './alert-share.ts'
import { openSinks } from './open-sinks.ts'
import type { AlertSink } from './open-sinks.ts'

/** Receivers and shared state, before there is a gateway to report to. */
export interface OpenAlerts {
  readonly sinks: readonly AlertSink[]
  readonly share: AlertShare | undefined
  /** Says where to record what could not be delivered, and that the server is away. */
  reportTo(events: EventBus): void
  /** For when no gateway was made of them. */
  close(): Promise<void>
}

type Client = AlertRedis & { on(event: 'error', listener: () => void): unknown }

/**
 * Reads the secrets of the receivers and connects to the server that gateways share.
 *
 * @throws ConfigurationError when a secret or URL cannot be read or the package `ioredis` is not there.
 */
export async function openAlerts(
  { alerts, rateLimits }: Pick<GatewayConfig, 'alerts' | 'rateLimits'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenAlerts> {
  if (!alerts.enabled) return NONE
  let events: EventBus | undefined
  const onLost = (sink: string, reason: string): void => {
    const detail = `an alert could not be delivered to ${sink}: ${reason}`
    events?.record({ type: 'degraded', severity: 'medium', rule: `alerts/${sink}`, outcome: 'failure', detail })
  }
  const sinks = await openSinks(alerts, { environment, onLost })
  const url = alerts.redis?.url ?? rateLimits.redis?.url
  let share: AlertShare | undefined
  if (url !== undefined) {
    const client = await connectRedis<Client>(url, environment)
    share = new AlertShare({
      client,
      prefix: alerts.redis?.prefix ?? 'sallyport:alerts:',
      onAway: (away) =>
        events?.record({
          type: 'degraded',
          severity: away ? 'medium' : 'info',
          rule: 'store/alerts',
          outcome: away ? 'failure' : 'success',
          detail: away
            ? 'the server that alerts are shared by is away'
            : 'the server that alerts are shared by is back',
        }),
    })
  }
  return {
    sinks,
    share,
    reportTo: (bus) => {
      events = bus
    },
    close: async () => {
      share?.close()
      await Promise.all(sinks.map((sink) => sink.close()))
    },
  }
}

const NONE: OpenAlerts = {
  sinks: [],
  share: undefined,
  reportTo: () => undefined,
  close: () => Promise.resolve(),
}
