import { type Command, InvalidArgumentError, Option } from 'commander'
import { PRESET_NAMES } from 'sallyport'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { init, type InitOptions } from './init.ts'

/** Adds `sallyport init`. */
export function addInitCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('init')
    .description(
      'Write a commented sallyport.yaml and .env.example, and let git ignore secrets. Asks what no option says.',
    )
    .addOption(new Option('--preset <name>', 'where the policy starts from').choices(PRESET_NAMES))
    .option('--upstream <url>', 'base URL of an OpenAI-compatible API; none for the demo model')
    .option('--key-variable <name>', 'variable with its key; none if it needs none')
    .option('--models <list>', 'models callers may name, comma-separated; * for all', list)
    .option('--max-tokens <number>', 'most tokens an answer may have', whole(1, 100_000_000))
    .option('--port <number>', 'port', whole(0, 65_535))
    .option('--dir <folder>', 'where to write (default: the current folder)')
    .option('-y, --yes', 'ask nothing: defaults for what no option says')
    .option('--force', 'write over files that exist')
    .action(async (options: InitOptions) => finish(await init(options, terminal)))
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function whole(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new InvalidArgumentError(`a whole number from ${min} to ${max} is needed.`)
    }
    return number
  }
}
