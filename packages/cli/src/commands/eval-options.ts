import { type Command, Option } from 'commander'
import { PRESET_NAMES } from 'sallyport'
import type { ExitCode } from '../exit-code.ts'
import { TIERS } from '../policy-options.ts'
import type { Terminal } from '../terminal.ts'
import { type EvalOptions, evaluate } from './eval.ts'

/** Adds `sallyport eval`. */
export function addEvalCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('eval')
    .description('Measure the prompt-injection guard on labelled texts: recall and false positives together.')
    .requiredOption('--dataset <files...>', 'JSON Lines, plain or gzipped; - is standard input')
    .option('--json', 'one JSON object')
    .addOption(new Option('--preset <name>', 'policy preset').choices(PRESET_NAMES))
    .option('--policy <file>', 'policy file (sallyport.yaml)')
    .addOption(new Option('--tier <tier>', 'how far detection goes').choices(TIERS).default('auto'))
    .addHelpText('after', HELP)
    .action(async (options: EvalOptions) => finish(await evaluate(options, terminal)))
}

const HELP = `
Each line {"text","label","kind"?,"source"?,"lang"?,"stage"?,"origin"?}; label is malicious, benign or unlabelled
(skipped). Kinds indirect_injection and benign_document default to the stage retrieval, all others to input.

Example:
  sallyport eval --dataset attacks.jsonl benign.jsonl.gz --json > report.json`
