import { alertMessage, DeliveryQueue, describeAttempt, isTaken, slackMessage } from 'sallyport/alerts'
import type { AlertMessage, AlertTransition } from 'sallyport/alerts'
import { createSecretsManager, SecretError } from 'sallyport/secrets'
import { nodeSources } from 'sallyport/secrets/node'
import { ConfigurationError } from '../configuration-error.ts'
import type { AlertsConfig } from './alerts-config.ts'
import { webhookSender } from './webhook-sender.ts'

/** Somebody who is told of alerts. */
export interface AlertSink {
  readonly name: string
  readonly kind: 'webhook' | 'slack'
  tell(transition: AlertTransition): void
  /** Sends now and says what came of it, in our words. */
  test(transition: AlertTransition): Promise<{ readonly ok: boolean; readonly detail: string }>
  close(): Promise<void>
}

export interface SinkOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Called when a message is given up. */
  readonly onLost: (sink: string, reason: string) => void
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** Milliseconds before a second attempt. Default 2,000. */
  readonly pauseMs?: number
}

/**
 * The receivers of the configuration, their secrets read.
 *
 * @throws ConfigurationError when a secret or URL cannot be read; names the place, never the value.
 */
export async function openSinks(config: AlertsConfig, options: SinkOptions): Promise<readonly AlertSink[]> {
  const read = secretReader(options.environment)
  const sinks: AlertSink[] = []
  for (const { name, url, secret, allowAddresses } of config.webhooks) {
    const signed = { url: await urlOf(url, read), secret: await read(secret), allowAddresses }
    sinks.push(openSink('webhook', name, signed, JSON.stringify, options))
  }
  for (const { name, url, allowAddresses } of config.slack) {
    const plain = { url: await urlOf(url, read), allowAddresses }
    sinks.push(openSink('slack', name, plain, (message) => JSON.stringify(slackMessage(message)), options))
  }
  return sinks
}

function openSink(
  kind: AlertSink['kind'],
  name: string,
  target: { readonly url: string; readonly secret?: string; readonly allowAddresses: readonly string[] },
  render: (message: AlertMessage) => string,
  { onLost, now = Date.now, pauseMs }: SinkOptions,
): AlertSink {
  const sender = webhookSender({ ...target, now })
  const queue = new DeliveryQueue({
    post: (delivery) => sender.post(delivery),
    onLost: (reason) => onLost(name, reason),
    ...(pauseMs === undefined ? {} : { pauseMs }),
  })
  return {
    name,
    kind,
    tell: (transition) => queue.push(render(alertMessage(transition, now()))),
    test: async (transition) => {
      const attempt = await queue.test(render(alertMessage(transition, now(), true)))
      return { ok: isTaken(attempt), detail: describeAttempt(attempt) }
    },
    close: async () => {
      await queue.close()
      await sender.close()
    },
  }
}

type Read = (reference: string) => Promise<string>

function secretReader(environment: SinkOptions['environment']): Read {
  return async (reference) => {
    const secrets = createSecretsManager({ sources: nodeSources(environment) })
    try {
      return (await secrets.getSecret(reference)).reveal()
    } catch (error) {
      if (SecretError.isInstance(error)) throw new ConfigurationError(error.message)
      throw error
    } finally {
      secrets.close()
    }
  }
}

async function urlOf(url: string, read: Read): Promise<string> {
  const value = /^https?:/.test(url) ? url : await read(url)
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value
  throw new ConfigurationError(`The secret at ${url} is no http:// or https:// URL.`)
}
