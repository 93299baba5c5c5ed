import { ConfigurationError, testAlertSinks } from '@sallyport/gateway'
import type { Command } from 'commander'
import { describeProblems } from 'sallyport/config'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { findConfig, loadConfig, readConfigText } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

interface TestOptions {
  readonly config?: string
  readonly json?: boolean
}

/** Adds `sallyport alerts …`. */
export function addAlertCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('alerts')
    .description('Alerts of the gateway.')
    .command('test')
    .description('Send a test message to every receiver of the configuration. Exit 1 when one is not reached.')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .option('--json', 'one JSON object a line')
    .action(async (options: TestOptions) => finish(await testAlerts(options, terminal)))
}

async function testAlerts({ config: named, json }: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(named, terminal)
  if (file === undefined) {
    throw new UsageError('There is no configuration file, so there are no receivers. Name one with --config.')
  }
  const loaded = loadConfig(await readConfigText(file))
  if (!loaded.ok) throw new UsageError(describeProblems(file, loaded.problems))
  const { alerts } = loaded.value.gateway
  let results
  try {
    results = await testAlertSinks(alerts, terminal.env)
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new UsageError(cause.message, { cause })
    throw cause
  }
  if (results.length === 0) {
    throw new UsageError(`${file} names no receiver: add one under gateway.alerts.webhooks or gateway.alerts.slack.`)
  }
  for (const result of results) {
    const { sink, kind, ok, detail } = result
    terminal.out.write(
      json ? `${JSON.stringify(result)}\n` : `${ok ? 'reached' : 'FAILED '}  ${kind} ${sink}: ${detail}\n`,
    )
  }
  return results.every(({ ok }) => ok) ? EXIT.done : EXIT.failed
}
