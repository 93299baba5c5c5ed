import { type Command, Option } from 'commander'
import { GRADES } from '../config/risks.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type HistoryOptions, printHistory } from './config-history.ts'
import { checkConfig, type CheckConfigOptions, printConfig, printConfigSchema } from './config.ts'

/** Adds `sallyport config …`. */
export function addConfigCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const config = program.command('config').description('The configuration file: checked, explained, described.')
  const file = 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml)'
  config
    .command('check')
    .description('Find every problem, with its line and fix, and grade settings that are legal and dangerous.')
    .argument('[file]', file)
    .option('--json', 'one JSON object: {file, problems, risks}')
    .addOption(new Option('--fail-on <grade>', 'exit with 1 when a risk is at least this').choices(GRADES))
    .addHelpText('after', '\nExit: 0 valid, 1 a risk of --fail-on, 2 a problem: the gateway would not start.')
    .action(async (named: string | undefined, options: CheckConfigOptions) =>
      finish(await checkConfig(named, options, terminal)),
    )
  config
    .command('print')
    .description('Print the configuration as it would run, with the origin of each value and secrets masked.')
    .argument('[file]', file)
    .action(async (named: string | undefined) => finish(await printConfig(named, terminal)))
  config
    .command('history')
    .description('What was in force when, and who started it; secrets masked.')
    .option('--show <digest>', 'print one configuration as it was')
    .option('--json', 'one JSON object a line')
    .option('--url <address>', 'ask a running gateway, with the key in SALLYPORT_ADMIN_KEY')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .option('--config <file>', file)
    .action(async (options: HistoryOptions) => finish(await printHistory(options, terminal)))
  config
    .command('schema')
    .description('Print the JSON Schema of the configuration file, for editors.')
    .action(() => finish(printConfigSchema(terminal)))
}
