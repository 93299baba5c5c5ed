import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import { parseDuration } from '../parse-duration.ts'
import type { Terminal } from '../terminal.ts'
import { createKey, type CreateKeyOptions, type KeyOptions, listKeys, revokeKey, rotateKey } from './keys.ts'

const DAY_MS = 86_400_000

/** Adds `sallyport keys …`. */
export function addKeyCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const keys = program
    .command('keys')
    .description(
      'Keys of the gateway, straight from where they are kept: the data folder of this machine, or PostgreSQL.',
    )
  const data = (): Option => new Option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
  const config = (): Option =>
    new Option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
  keys
    .command('create')
    .description('Create a key and print it once. A lost admin key is replaced this way.')
    .addOption(
      new Option('--role <role>', 'client calls models, operator also reads the console, admin also manages keys')
        .choices(['admin', 'operator', 'client'])
        .default('client'),
    )
    .option('--name <name>', 'what the key is for')
    .option('--models <list>', 'only these models; * at the end stands for any rest', list)
    .option('--routes <list>', 'only these paths, e.g. /v1/chat/completions', list)
    .option('--tools <list>', 'only these tools may be offered to a model', list)
    .option('--networks <list>', 'only from these addresses, e.g. 10.0.0.0/8,2001:db8::/32', list)
    .option('--expires <when>', 'last moment: 90d, 12h, 2027-03-31 or 2027-03-31T12:00:00Z', moment)
    .addOption(
      new Option('--claims <list>', 'what it may claim and nothing else: developer, user, none').argParser(claims),
    )
    .addOption(data())
    .addOption(config())
    .action(async (options: CreateKeyOptions) => finish(await createKey(options, terminal)))
  keys
    .command('list')
    .description('List the keys: id, role, name, dates. The keys themselves are not stored.')
    .option('--json', 'one JSON object a line')
    .addOption(data())
    .addOption(config())
    .action(async (options: KeyOptions) => finish(await listKeys(options, terminal)))
  keys
    .command('rotate')
    .description('Create a key that may the same and print it once; the old one works a while longer.')
    .argument('<id>', 'id from "keys list"')
    .option('--overlap <time>', 'how long the old key still works: 24h, 30m, 7d, 0s', overlap, DAY_MS)
    .addOption(data())
    .addOption(config())
    .action(async (id: string, options: KeyOptions & { readonly overlap: number }) =>
      finish(await rotateKey(id, options, terminal)),
    )
  keys
    .command('revoke')
    .description('Revoke a key at once.')
    .argument('<id>', 'id from "keys list"')
    .addOption(data())
    .addOption(config())
    .action(async (id: string, options: KeyOptions) => finish(await revokeKey(id, options, terminal)))
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function claims(value: string): { readonly developer: boolean; readonly user: boolean } {
  const named = list(value)
  const unknown = named.some((claim) => !['developer', 'user', 'none'].includes(claim))
  if (unknown || named.length === 0) throw new InvalidArgumentError('claims are developer, user or none.')
  return { developer: named.includes('developer'), user: named.includes('user') }
}

/** A time from now, the end of a day, or a moment. */
function moment(value: string): string {
  const duration = parseDuration(value)
  // A day includes itself.
  const text = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59.999Z` : value
  const time = duration === undefined ? Date.parse(text) : Date.now() + duration
  const isMoment = duration !== undefined || /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text)
  if (!isMoment || !Number.isFinite(time)) {
    throw new InvalidArgumentError('write 90d, 12h, 2027-03-31 or 2027-03-31T12:00:00Z.')
  }
  if (time <= Date.now()) throw new InvalidArgumentError('it must be in the future.')
  return new Date(time).toISOString()
}

function overlap(value: string): number {
  const duration = parseDuration(value)
  if (duration === undefined || duration > 30 * DAY_MS) {
    throw new InvalidArgumentError('write a time of at most 30 days: 24h, 30m, 7d, 0s.')
  }
  return duration
}
