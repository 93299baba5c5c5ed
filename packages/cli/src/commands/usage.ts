import { usageQuerySchema, usageReportSchema, type UsageReport } from '@sallyport/gateway/contract'
import { type Command } from 'commander'
import { askGateway } from '../ask-gateway.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type InstallationOptions, withInstallation } from '../with-installation.ts'
import { writeTable } from '../write-table.ts'

interface UsageOptions extends InstallationOptions {
  readonly from?: string
  readonly to?: string
  readonly by?: string
  readonly json?: boolean
  readonly url?: string
}

/** Adds `sallyport usage`. */
export function addUsageCommand(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('usage')
    .description('Requests and tokens by day, key, person and model.')
    .option('--from <day>', 'first day (UTC), e.g. 2026-03-01; default 30 days ago')
    .option('--to <day>', 'last day; default today')
    .option('--by <list>', 'what to sum over: day, key, user, model (default day,key,model)')
    .option('--json', 'one JSON object, as GET /admin/api/usage answers')
    .option('--url <address>', 'ask a running gateway, with the key in SALLYPORT_ADMIN_KEY')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .action(async (options: UsageOptions) => finish(await usage(options, terminal)))
}

const DAY_MS = 86_400_000
const MAX_ROWS = 10_000

async function usage(options: UsageOptions, terminal: Terminal): Promise<ExitCode> {
  const given = { from: options.from, to: options.to, by: options.by }
  const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const parsed = usageQuerySchema.safeParse(query)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`)
    throw new UsageError([...new Set(problems)].join('\n'))
  }
  const { from = daysAgo(29), to = daysAgo(0), by } = parsed.data
  if (options.url !== undefined) {
    const path = `/admin/api/usage?${new URLSearchParams({ from, to, by: by.join(',') })}`
    print(usageReportSchema.parse(await askGateway(options.url, path, terminal)), new Map(), options, terminal)
    return EXIT.done
  }
  return withInstallation(options, terminal, async ({ stores, keys }) => {
    const rows = await stores.usage.sum({ from, to, by, limit: MAX_ROWS + 1 })
    const names = new Map(keys.list().map(({ id, name }) => [id, name]))
    print({ from, to, by, rows: rows.slice(0, MAX_ROWS), isCut: rows.length > MAX_ROWS }, names, options, terminal)
    return EXIT.done
  })
}

function print(
  report: UsageReport,
  names: ReadonlyMap<string, string>,
  { json }: UsageOptions,
  { out, err }: Terminal,
): void {
  if (json === true) return void out.write(`${JSON.stringify(report)}\n`)
  const fields = { day: 'day', key: 'keyId', user: 'user', model: 'model' } as const
  const rows = report.rows.map((row) => [
    ...report.by.map((group) => {
      const value = row[fields[group]] ?? ''
      const name = group === 'key' ? names.get(value) : undefined
      return name === undefined ? value : `${value} (${name})`
    }),
    row.requests,
    row.promptTokens,
    row.completionTokens,
  ])
  writeTable(out, [...report.by, 'requests', 'prompt tokens', 'completion tokens'], rows)
  if (report.isCut) err.write(`Only the first ${MAX_ROWS} rows: ask for fewer days, or sum over less.\n`)
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}
