import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import {
  anchorCommand,
  eraseCommand,
  exportCommand,
  type ExportLogOptions,
  indexCommand,
  type LogOptions,
  searchCommand,
  type SearchLogOptions,
  tailCommand,
  type TailLogOptions,
  verifyCommand,
  type VerifyLogOptions,
} from './log.ts'

/** Adds `sallyport log …`. */
export function addLogCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const log = program.command('log').description('The tamper-evident log of security events.')
  const subcommand = (name: string, description: string): Command =>
    log
      .command(name)
      .description(description)
      .option('--data <folder>', 'data folder; the log is its audit/ (SALLYPORT_DATA; default ./data)')
      .option('--log <folder>', 'folder of the log itself, when it is elsewhere')
  const filtered = (name: string, description: string): Command =>
    subcommand(name, description)
      .option('--from <time>', 'events since then: 2026-01-31, 2026-01-31T10:00:00Z, or 24h ago')
      .option('--to <time>', 'events before then')
      .option('--type <list>', 'event types, comma-separated', list)
      .option('--key <id>', 'id of the key that was used')
      .option('--request <id>', 'request id: the whole trail of one decision')
      .option('--user <name>', 'the person')
      .addOption(new Option('--severity <list>', 'severities, comma-separated').argParser(list))
      .option('--rule <rule>', 'guard/code that decided, or a guard alone')
      .option('--own', 'also what the log records about itself')
      .option('--limit <number>', 'at most this many', count)

  subcommand('verify', 'Check the whole chain: every change, deletion, insertion or swap is found.')
    .option('--anchor <file>', 'heads that were kept elsewhere ("sallyport log anchor")')
    .option('--public-key <file>', 'the public key (PEM), from a place you trust more than the folder')
    .option('--json', 'one JSON object')
    .option('--progress', 'say on standard error how far it is; a terminal is told anyway')
    .action(async (options: VerifyLogOptions) => finish(await verifyCommand(options, terminal)))
  filtered('tail', 'Print the newest events.')
    .option('-n, --lines <number>', 'how many', count, 20)
    .option('-f, --follow', 'go on with what is written from now on; --limit ends it')
    .option('--json', 'one JSON object a line')
    .action(async (options: TailLogOptions) => finish(await tailCommand(options, terminal)))
  filtered('search', 'Print the events that match, oldest first.')
    .option('--scan', 'read the log itself instead of its index')
    .option('--json', 'one JSON object a line')
    .action(async (options: SearchLogOptions) => finish(await searchCommand(options, terminal)))
  filtered('export', 'Write the events that match as JSON Lines for another system.')
    .option('--scan', 'read the log itself instead of its index')
    .addOption(new Option('--format <name>', 'form of the lines').choices(['jsonl', 'ocsf']).default('jsonl'))
    .action(async (options: ExportLogOptions) => finish(await exportCommand(options, terminal)))
  subcommand('index', 'Bring the index that makes searches fast up to date. A running gateway does so itself.')
    .option('--progress', 'say on standard error how far it is; a terminal is told anyway')
    .action(async (options: LogOptions) => finish(await indexCommand(options, terminal)))
  subcommand(
    'anchor',
    'Print the newest signed head: keep it where nobody who can write the log can change it.',
  ).action(async (options: LogOptions) => finish(await anchorCommand(options, terminal)))
  subcommand('erase', "Make a person's name unreadable in all events; the chain stays valid. Stop the gateway first.")
    .argument('<user>', 'the person')
    .action(async (user: string, options: LogOptions) => finish(await eraseCommand(user, options, terminal)))
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function count(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number above 0 is needed.')
  return number
}
