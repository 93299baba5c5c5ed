import type { AlertsConfig } from './alerts-config.ts'
import type { SinkResult } from './alert-watch.ts'
import { openSinks } from './open-sinks.ts'
import { testAlert } from './test-alert.ts'

/**
 * Sends a message that says it is a test to every receiver of a configuration, without a running gateway.
 *
 * @throws ConfigurationError when a secret or URL cannot be read.
 */
export async function testAlertSinks(
  config: AlertsConfig,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly SinkResult[]> {
  const sinks = await openSinks(config, { environment, onLost: () => undefined })
  try {
    const transition = testAlert(Date.now())
    return await Promise.all(
      sinks.map(async (sink) => ({ sink: sink.name, kind: sink.kind, ...(await sink.test(transition)) })),
    )
  } finally {
    await Promise.all(sinks.map((sink) => sink.close()))
  }
}
