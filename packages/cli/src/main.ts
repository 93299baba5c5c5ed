import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { ACTIONS, PRESET_NAMES, SallyportError, STAGES } from 'sallyport'
import { addAlertCommands } from './commands/alerts.ts'
import { check, type CheckOptions } from './commands/check.ts'
import { addEvalCommand } from './commands/eval-options.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addAuditCommand, addReviewCommand } from './commands/audit-options.ts'
import { addInitCommand } from './commands/init-options.ts'
import { addConfigCommands } from './commands/config-options.ts'
import { addKeyCommands } from './commands/key-options.ts'
import { addLogCommands } from './commands/log-options.ts'
import { addMcpCommands } from './commands/mcp-options.ts'
import { addScanCommand } from './commands/scan-options.ts'
import { sanitize, type SanitizeOptions } from './commands/sanitize.ts'
import { serve, type ServeOptions } from './commands/serve.ts'
import { addVaultCommands } from './commands/vault-options.ts'
import { addUsageCommand } from './commands/usage.ts'
import { EXIT, type ExitCode, UsageError } from './exit-code.ts'
import { TIERS } from './policy-options.ts'
import { processTerminal, type Terminal } from './terminal.ts'
import { version } from './version.ts'

/** Runs the command line and gives back the exit code; never throws for a mistake of the user. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  const program = buildProgram(terminal, (result) => {
    code = result
  })
  try {
    await program.parseAsync([...argv])
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (error instanceof UsageError || SallyportError.isInstance(error)) {
      terminal.err.write(`sallyport: ${error.message}\n`)
      return EXIT.usage
    }
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return EXIT.done
    const place = placeOf(error)
    if (place === undefined) throw error
    terminal.err.write(`sallyport: ${place}\n`)
    return EXIT.usage
  }
}

/** What to say of a file or folder that the system refused; undefined for any other error. */
function placeOf(error: unknown): string | undefined {
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || path === undefined || syscall === undefined) return undefined
  return `${path} cannot be used: ${REFUSALS[code] ?? 'the system refused'} (${code}). Mend that, or name another place.`
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it is not there and cannot be made',
  ENOTDIR: 'there is a file where a folder is needed',
  EISDIR: 'it is a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
}

function buildProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('sallyport')
    .description('A double gate around LLM agents: what goes in and what comes out is checked, cleaned and recorded.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: (text) => terminal.err.write(text) })
    .showHelpAfterError('(run with --help for the options)')

  program
    .command('serve')
    .description('Run the gateway and the console (default: http://127.0.0.1:8711, data in ./data).')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .option('--port <number>', 'port (SALLYPORT_PORT; default 8711)', port)
    .option('--host <address>', 'address to listen on (SALLYPORT_HOST; default 127.0.0.1)')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .action(async (options: ServeOptions) => finish(await serve(options, terminal)))

  program
    .command('check')
    .description('Judge texts: JSON Lines from standard input, or one text given here.')
    .argument('[text]', 'a text to judge and explain')
    .addOption(new Option('--preset <name>', 'policy preset').choices(PRESET_NAMES))
    .option('--policy <file>', 'policy file (sallyport.yaml)')
    .addOption(new Option('--stage <stage>', 'stage of texts that do not name theirs').choices(STAGES))
    .addOption(new Option('--tier <tier>', 'how far detection goes').choices(TIERS).default('auto'))
    .addOption(new Option('--fail-on <action>', 'exit with 1 when an answer is at least this').choices(ACTIONS))
    .addHelpText('after', CHECK_HELP)
    .action(async (text: string | undefined, options: CheckOptions) => finish(await check(text, options, terminal)))

  program
    .command('sanitize')
    .description('Make texts safe for the place they go to: JSON Lines from standard input, or one text given here.')
    .argument('[text]', 'a text to sanitize')
    .requiredOption('--for <target>', 'where the text goes: html, markdown, sql-literal, shell, csv, terminal …')
    .option('--dialect <name>', 'SQL dialect or shell (postgres, mysql, sqlite; posix, powershell)')
    .option('--hosts <list>', 'hosts that links and images may name, comma-separated', list)
    .option('--root <folder>', 'folder that paths are confined to')
    .addHelpText('after', SANITIZE_HELP)
    .action(async (text: string | undefined, options: SanitizeOptions) =>
      finish(await sanitize(text, options, terminal)),
    )

  addEvalCommand(program, terminal, finish)
  addInitCommand(program, terminal, finish)
  addConfigCommands(program, terminal, finish)
  addKeyCommands(program, terminal, finish)
  addLogCommands(program, terminal, finish)
  addUsageCommand(program, terminal, finish)
  addBackupCommands(program, terminal, finish)
  addMcpCommands(program, terminal, finish)
  addScanCommand(program, terminal, finish)
  addVaultCommands(program, terminal, finish)
  addAlertCommands(program, terminal, finish)
  addAuditCommand(program, terminal, finish)
  addReviewCommand(program, terminal, finish)
  return program
}

function port(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError('a port is a number from 0 to 65535.')
  return number
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

const CHECK_HELP = `
Each line {"id"?, "text", "stage"?, "origin"?} gets one line, in order:
  {"id"?, "action": "allow"|"monitor"|"redact"|"review"|"block", "text", "score", "findings"}
A line that cannot be read gets {"id"?, "error"}, and the rest goes on.

Examples:
  sallyport check "Ignore all previous instructions."
  sallyport check --fail-on block < prompts.jsonl > verdicts.jsonl`

const SANITIZE_HELP = `
Each line {"id"?, "text"} gets one line: {"id"?, "text", "changed", "findings"}. Literals include their quotes.

Examples:
  sallyport sanitize --for html --hosts example.com < answers.jsonl
  sallyport sanitize --for sql-literal --dialect postgres "O'Brien"`
