import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type Baseline, makeBaseline, parseBaseline } from '../scan/baseline.ts'
import { isAtLeastLevel, type Level, type ScanReport } from '../scan/finding.ts'
import { renderSarif } from '../scan/report-sarif.ts'
import { renderTable } from '../scan/report-table.ts'
import { scanPath, type ScanOptions } from '../scan/scan.ts'
import { scanStaged } from '../scan/staged.ts'
import { scanHistory } from '../scan/history.ts'
import type { Terminal } from '../terminal.ts'

export interface ScanCommandOptions {
  readonly json?: boolean
  readonly sarif?: boolean
  readonly output?: string
  readonly failOn: Level | 'never'
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly reason?: string
  readonly exclude?: readonly string[]
  readonly maxBytes?: number
  readonly includeIgnored?: boolean
  /** commander: `--no-comments` makes it false. */
  readonly comments?: boolean
  readonly notes?: boolean
  readonly history?: boolean
  readonly staged?: boolean
}

/** `sallyport scan [PATH…]`: 0 when nothing reaches `--fail-on`, 1 when something does. */
export async function scanCommand(
  paths: readonly string[],
  options: ScanCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.json && options.sarif) throw new UsageError('Give --json or --sarif, not both.')
  if (options.writeBaseline !== undefined && !options.reason?.trim())
    throw new UsageError('A baseline accepts findings: say why with --reason "…".')
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline)
  const reports: ScanReport[] = []
  if (options.staged) reports.push(await scanIndex(paths, scanOptions(options, baseline)))
  else {
    for (const path of paths.length === 0 ? ['.'] : paths) {
      reports.push(await scanOne(path, options, baseline, terminal))
      if (options.history) reports.push(await scanHistory(path))
    }
  }
  const report = joined(reports, paths)
  if (options.writeBaseline !== undefined) {
    const made = makeBaseline(report.findings, options.reason ?? '')
    writeFileSync(options.writeBaseline, `${JSON.stringify(made, undefined, 2)}\n`)
    terminal.err.write(`${options.writeBaseline}: ${made.findings.length} findings accepted.\n`)
    return EXIT.done
  }
  const text = render(report, options, terminal)
  if (options.output === undefined) terminal.out.write(text)
  else writeFileSync(options.output, text)
  const { failOn } = options
  const reached = report.findings.some(
    ({ level, accepted }) => accepted === undefined && failOn !== 'never' && isAtLeastLevel(level, failOn),
  )
  return reached ? EXIT.failed : EXIT.done
}

async function scanOne(
  path: string,
  options: ScanCommandOptions,
  baseline: Baseline | undefined,
  terminal: Terminal,
): Promise<ScanReport> {
  const isWatched = terminal.color && !options.json && !options.sarif
  try {
    return await scanPath(path, {
      ...scanOptions(options, baseline),
      ...(isWatched && {
        onProgress: (done, total) => {
          if (done % 50 === 0) terminal.err.write(`\r\u001b[K${done} of ${total} files`)
          if (done === total - 1) terminal.err.write('\r\u001b[K')
        },
      }),
    })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR')
      throw new UsageError(`${path} cannot be read: ${code}.`, { cause })
    throw cause
  }
}

function scanOptions(options: ScanCommandOptions, baseline: Baseline | undefined): ScanOptions {
  return {
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
    ...(baseline === undefined ? {} : { baseline }),
    includeIgnored: options.includeIgnored === true,
    honorComments: options.comments !== false,
  }
}

async function scanIndex(paths: readonly string[], options: ScanOptions): Promise<ScanReport> {
  const [folder = '.', ...more] = paths
  if (more.length > 0) throw new UsageError('--staged looks at one repository: give no path, or its folder.')
  const report = await scanStaged(folder, options)
  if (report === undefined) throw new UsageError(`--staged: ${folder} is no git repository, or git cannot be run.`)
  return report
}

/** One folder is named from itself; files, and several paths, from the current folder. */
function joined(reports: readonly ScanReport[], paths: readonly string[]): ScanReport {
  const [first] = reports
  if (
    first !== undefined &&
    reports.every(({ root }) => root === first.root) &&
    first.root === resolve(paths[0] ?? '.')
  ) {
    return {
      root: first.root,
      filesScanned: reports.reduce((sum, { filesScanned }) => sum + filesScanned, 0),
      skipped: reports.flatMap(({ skipped }) => skipped),
      findings: reports.flatMap(({ findings }) => findings),
    }
  }
  const root = resolve('.')
  const named = (own: string, file: string): string => {
    const full = resolve(own, file)
    return full.startsWith(`${root}/`) ? full.slice(root.length + 1) : full
  }
  return {
    root,
    filesScanned: reports.reduce((sum, { filesScanned }) => sum + filesScanned, 0),
    skipped: reports.flatMap((report) =>
      report.skipped.map((each) => ({ ...each, file: named(report.root, each.file) })),
    ),
    findings: reports.flatMap((report) =>
      report.findings.map((each) => ({ ...each, file: named(report.root, each.file) })),
    ),
  }
}

function render(report: ScanReport, options: ScanCommandOptions, terminal: Terminal): string {
  if (options.sarif) return `${JSON.stringify(renderSarif(report), undefined, 2)}\n`
  if (options.json) return `${JSON.stringify(report)}\n`
  return renderTable(report, { color: terminal.color && options.output === undefined, notes: options.notes === true })
}

function readBaseline(file: string): Baseline {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`The baseline ${file} cannot be read: ${(cause as NodeJS.ErrnoException).code}.`, { cause })
  }
  try {
    return parseBaseline(text)
  } catch (cause) {
    throw new UsageError(`The baseline ${file} cannot be used: ${(cause as Error).message}`, { cause })
  }
}
