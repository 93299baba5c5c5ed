import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import { LEVELS } from '../scan/finding.ts'
import type { Terminal } from '../terminal.ts'
import { scanCommand, type ScanCommandOptions } from './scan.ts'

/** Adds `sallyport scan`. */
export function addScanCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('scan')
    .description('Look for secrets, hidden text, injected instructions and over-broad tool grants in files.')
    .argument('[path...]', 'folders or files (default: the current folder)')
    .option('--json', 'one JSON object')
    .option('--sarif', 'SARIF 2.1.0, for code scanning')
    .option('-o, --output <file>', 'write there instead of to standard output')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 from this level on')
        .choices([...LEVELS, 'never'])
        .default('warning'),
    )
    .option('--staged', 'look at what git commit would commit, as it stands in the index')
    .option('--history', 'look for credentials in the git history as well')
    .option('--exclude <pattern...>', 'leave out, in the form of .gitignore lines')
    .option('--include-ignored', 'read also what .gitignore leaves out')
    .option('--max-bytes <number>', 'skip larger files (default 1048576)', bytes)
    .option('--baseline <file>', 'findings that were accepted before')
    .option('--write-baseline <file>', 'accept what is found now; needs --reason')
    .option('--reason <text>', 'why it is accepted')
    .option('--no-comments', 'do not let comments in the files accept findings: for repositories you do not trust')
    .option('--notes', 'show notes in the table as well')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: ScanCommandOptions) => finish(await scanCommand(paths, options, terminal)))
}

function bytes(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number of bytes is needed.')
  return number
}

const HELP = `
A comment accepts a finding on its line or the next: sallyport-ignore RULE -- reason
(for a whole file, in its first 20 lines: sallyport-ignore-file RULE -- reason).
Nothing that is found is ever printed: a rule, a place and what to do.

Examples:
  sallyport scan
  sallyport scan --sarif -o scan.sarif --fail-on error .
  sallyport scan --staged                    # as a hook, before each commit`
