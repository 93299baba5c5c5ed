import { createSecretsManager, SecretError } from 'sallyport/secrets'
import { nodeSources } from 'sallyport/secrets/node'
import { redisStore } from 'sallyport/limits'
import type { LimitStore, RedisClient } from 'sallyport/limits'
import { ConfigurationError } from '../configuration-error.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { RateLimitsConfig } from './rate-limits-config.ts'

/** Counts that are shared by several gateways. */
export interface SharedLimits {
  readonly store: LimitStore<true>
  /** Says where to record that the server is away, or back. */
  reportTo(events: EventBus): void
  close(): void
}

interface RedisConnection extends RedisClient {
  on(event: 'error', listener: () => void): unknown
  disconnect(): void
}

interface IoRedis<Client> {
  readonly Redis: new (url: string, options: Readonly<Record<string, unknown>>) => Client
}

/**
 * Connects to the server that `rateLimits.redis` names; undefined when it names none. A server that is away at the start
 * is no fault: the gateway begins with its share of each limit.
 *
 * @throws ConfigurationError when the URL cannot be read or the package `ioredis` is not there.
 */
export async function openRedis(
  { redis }: RateLimitsConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SharedLimits | undefined> {
  if (redis === undefined) return undefined
  const client = await connectRedis<RedisConnection>(redis.url, environment)
  let events: EventBus | undefined
  const store = redisStore({
    client,
    replicas: redis.replicas,
    prefix: redis.prefix,
    onDegraded: (degraded) =>
      events?.record({
        type: 'degraded',
        severity: degraded ? 'high' : 'info',
        rule: 'store/rate-limits',
        outcome: degraded ? 'failure' : 'success',
        detail: degraded
          ? `the server of the rate limits is away: this gateway admits 1/${redis.replicas} of each limit`
          : 'the server of the rate limits is back',
      }),
  })
  return {
    store,
    reportTo: (bus) => {
      events = bus
    },
    close: () => client.disconnect(),
  }
}

/**
 * A client of the server whose URL is at the given place. A server that is away is no fault: it is tried again.
 *
 * @throws ConfigurationError when the URL cannot be read or the package `ioredis` is not there.
 */
export async function connectRedis<Client extends { on(event: 'error', listener: () => void): unknown }>(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Client> {
  const url = await urlOf(reference, environment)
  const { Redis } = await loadClient<Client>()
  // The timeout of a request is ours; commands that wait for a connection are given back when they arrive late.
  const client = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2_000, enableAutoPipelining: true })
  // Each failed attempt to connect: the first refused call says it all.
  client.on('error', () => undefined)
  return client
}

async function urlOf(reference: string, environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const secrets = createSecretsManager({ sources: nodeSources(environment) })
  try {
    const url = (await secrets.getSecret(reference)).reveal()
    if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return url
  } catch (error) {
    if (SecretError.isInstance(error)) throw new ConfigurationError(error.message)
    throw error
  } finally {
    secrets.close()
  }
  throw new ConfigurationError(`The secret at ${reference} is no redis:// or rediss:// URL.`)
}

async function loadClient<Client>(): Promise<IoRedis<Client>> {
  try {
    // The name in a variable: the package is there only where it is used.
    const name: string = 'ioredis'
    return (await import(name)) as IoRedis<Client>
  } catch {
    throw new ConfigurationError(
      'Redis (rateLimits.redis, alerts.redis) needs the package ioredis: npm install ioredis',
    )
  }
}
