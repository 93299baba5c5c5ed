import { type Command, InvalidArgumentError, Option } from 'commander'
import { PRESET_NAMES } from 'sallyport'
import { LOCK_FILE } from 'sallyport/mcp/node'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { guardMcp, type McpOptions } from './mcp.ts'
import { acceptPins, diffPins, type PinOptions } from './mcp-pins.ts'

/** Adds `sallyport mcp …`. */
export function addMcpCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const LOCK = ['--lock <file>', `accepted definitions (default ./${LOCK_FILE})`] as const
  const mcp = program
    .command('mcp')
    .description('Stand between an MCP client and a server: definitions pinned, arguments and results gated.')
    .argument('[command...]', 'the server to start, after --')
    .option('--url <url>', 'a streamable HTTP server to connect to, instead of a command')
    .option('--header <pair...>', 'HEADER=VARIABLE: header for --url, its value from an environment variable')
    .option('--listen <address>', 'serve streamable HTTP at [host:]port instead of standard input and output')
    .option('--origin <origin...>', 'browser origins that --listen answers (default none)')
    .option('--name <name>', 'name of the server in the lock and in events (default: from the command or the URL)')
    .option(...LOCK)
    .option('--frozen', 'refuse definitions that were not accepted before, instead of pinning them on first sight')
    .option('--env <variable...>', 'NAME or NAME=VALUE: what the server may see besides PATH, HOME and the like')
    .addOption(new Option('--preset <name>', 'policy preset').choices(PRESET_NAMES))
    .option('--policy <file>', 'policy file (sallyport.yaml)')
    .option('--allow-media', 'let images, sound and blobs pass, which no gate can read')
    .option('--allow-sampling', 'let the server use the model of the client')
    .option('--timeout <seconds>', 'until a request counts as not answered (default 60)', positive)
    .option('--calls-per-minute <number>', 'tool calls a minute (default 120)', positive)
    .option('--audit <folder>', 'write events to an audit log in this folder (one guard a folder)')
    .addHelpText('after', HELP)
    .action(async (command: string[], options: McpOptions) => finish(await guardMcp(command, options, terminal)))
  mcp
    .command('diff')
    .description('Show definitions that were refused because they are new, changed or suspicious.')
    .option('--name <name>', 'only this server')
    .option(...LOCK)
    .option('--json', 'one JSON object a line')
    .action(async (_options: PinOptions, command: Command) =>
      finish(await diffPins(command.optsWithGlobals(), terminal)),
    )
  mcp
    .command('accept')
    .description('Accept refused definitions as they are now.')
    .argument('[pin...]', 'kind/name as in diff (default: all of the server)')
    .option('--name <name>', 'server, as in diff (required)')
    .option(...LOCK)
    .action(async (pins: string[], _options: PinOptions, command: Command) =>
      finish(await acceptPins(pins, command.optsWithGlobals(), terminal)),
    )
}

function positive(value: string): number {
  const number = Number(value)
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('give a number above 0.')
  return number
}

const HELP = `
Examples:
  sallyport mcp -- node server.js                       in a client's configuration, in place of: node server.js
  sallyport mcp --env GITHUB_TOKEN -- npx github-mcp    the server sees this variable, and no other of yours
  sallyport mcp --url https://mcp.example.com/mcp --header Authorization=MCP_AUTH
  sallyport mcp diff && sallyport mcp accept --name server.js`
