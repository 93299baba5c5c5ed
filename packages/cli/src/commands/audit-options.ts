import { type Command, Option } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { reviewCommand, type ReviewOptions } from './review.ts'
import { auditCommand, type AuditOptions } from './audit.ts'

/** Adds `sallyport audit`. */
export function addAuditCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('audit')
    .description('Check the security checklist by probing: a gateway, any OpenAI-compatible API, a source tree.')
    .option('--url <url>', 'base URL of a running API; without it, a gateway is started here with temporary data')
    .option('--key <place>', 'place of the client key for --url: env:NAME or file:PATH')
    .option('--admin-key <place>', 'place of an admin key of a Sallyport gateway, to look at its events')
    .option('--send-test-alert', 'let the gateway at --url send a test alert to its receivers: people will see it')
    .option('--model <name>', 'model to ask (default: the first the API lists)')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .option('--source <folder>', 'source tree: keys in code and history, calls past the gates, agent files')
    .option('--system-prompt <file>', 'score a system prompt')
    .option(
      '--advisories <path>',
      'known vulnerabilities: npm audit --json, osv-scanner --format json, or OSV records (a file or a folder)',
    )
    .option('--json', 'one JSON object {"items":[…]}')
    .option('--sarif', 'SARIF 2.1.0')
    .option('--markdown', 'Markdown')
    .option('--html', 'one HTML page')
    .option('-o, --output <file>', 'write there instead of to standard output')
    .addOption(
      new Option('--fail-on <status>', 'exit with 1 from this status on')
        .choices(['fail', 'warn', 'never'])
        .default('fail'),
    )
    .addHelpText('after', HELP)
    .action(async (options: AuditOptions) => finish(await auditCommand(options, terminal)))
}

/** Adds `sallyport review`. */
export function addReviewCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('review')
    .description('List what is due: exceptions, the log, and what the checklist fails or warns of.')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .option('--source <folder>', 'source tree to look at as well')
    .option('--json', 'one JSON object {"due":[…]}')
    .action(async (options: ReviewOptions) => finish(await reviewCommand(options, terminal)))
}

const HELP = `
A pass needs positive evidence; what cannot be proved is a warning that says what was looked at. The probes are
harmless: addresses that do not exist, numbers and keys that belong to nobody. With --url each probe is an ordinary
request to that API and may cost what requests cost there (some 200 short ones).

Examples:
  sallyport audit
  sallyport audit --source . --advisories advisories.json --html -o checklist.html
  sallyport audit --url https://llm.example.com/v1 --key env:CLIENT_KEY --admin-key env:ADMIN_KEY`
