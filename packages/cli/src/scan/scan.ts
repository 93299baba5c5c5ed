import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Acceptances } from './acceptances.ts'
import type { Baseline } from './baseline.ts'
import type { RawFinding, ScanFinding, ScanReport, SkippedFile } from './finding.ts'
import { listFiles, type ListOptions } from './list-files.ts'
import { SCAN_RULES } from './rules.data.ts'
import { scanAgentCommands } from './scanners/agent-commands.ts'
import { scanAgentFiles } from './scanners/agent-files.ts'
import { scanAgentSettings } from './scanners/agent-settings.ts'
import { scanHiddenText } from './scanners/hidden-text.ts'
import { scanInstructions } from './scanners/instructions.ts'
import { scanMcpConfig } from './scanners/mcp-config.ts'
import { scanPackageScripts } from './scanners/package-scripts.ts'
import type { Scanner } from './scanners/scanner.ts'
import { scanSecrets } from './scanners/secrets.ts'
import { scanWorkflows } from './scanners/workflows.ts'
import { LineIndex, readTextFile, type TextFile } from './text-file.ts'

export interface ScanOptions extends ListOptions {
  /** Larger files are skipped, visibly. Default 1 MiB. */
  readonly maxBytes?: number
  readonly baseline?: Baseline
  /** Comments in the files accept findings. Default true; off for repositories you do not trust. */
  readonly honorComments?: boolean
  readonly onProgress?: (done: number, total: number) => void
}

const SCANNERS: readonly Scanner[] = [
  scanSecrets,
  scanHiddenText,
  scanInstructions,
  scanAgentFiles,
  scanMcpConfig,
  scanAgentSettings,
  scanPackageScripts,
  scanWorkflows,
  scanAgentCommands,
]

/** Scans a folder or a file. Nothing in it is run, and nothing is sent anywhere. */
export async function scanPath(path: string, options: ScanOptions = {}): Promise<ScanReport> {
  const { root, files, skipped: unlisted } = listFiles(path, options)
  const skipped: SkippedFile[] = [...unlisted]
  const findings: ScanFinding[] = []
  let filesScanned = 0
  for (const [done, file] of files.entries()) {
    options.onProgress?.(done, files.length)
    const read = readTextFile(join(root, file), file, options.maxBytes ?? 1024 * 1024)
    if (!read.ok) {
      skipped.push({ file, reason: read.reason })
      continue
    }
    try {
      findings.push(...(await scanFile(read.file, options)))
      filesScanned++
    } catch {
      skipped.push({ file, reason: 'could not be judged within the budget' })
    }
  }
  return { root, filesScanned, skipped, findings }
}

/** All findings of one file, by line. */
export async function scanFile(file: TextFile, options: ScanOptions = {}): Promise<readonly ScanFinding[]> {
  const index = new LineIndex(file.text)
  const raw: RawFinding[] = []
  for (const scanner of SCANNERS) raw.push(...(await scanner(file)))
  const acceptances = options.honorComments === false ? undefined : new Acceptances(file.text, index)
  raw.push(...(acceptances?.withoutReason ?? []))
  const seen = new Map<string, number>()
  return withoutDoubles(raw).map((finding) => {
    const start = index.at(finding.start)
    const end = index.at(Math.max(finding.start, finding.end))
    const base = contextOf(file, finding, index)
    // Equal lines in one file count up, so that accepting one does not accept the next.
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    const fingerprint = createHash('sha256').update(`${base}\0${count}`).digest('hex').slice(0, 32)
    const inBaseline = options.baseline?.findings.find((entry) => entry.fingerprint === fingerprint)
    const comment = acceptances?.reasonFor(finding.rule, start.line, end.line)
    return {
      rule: finding.rule,
      level: finding.level,
      file: file.path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      message: finding.message,
      fix: finding.fix ?? SCAN_RULES[finding.rule].fix,
      fingerprint,
      ...(comment !== undefined
        ? { accepted: { by: 'comment' as const, reason: comment } }
        : inBaseline !== undefined
          ? { accepted: { by: 'baseline' as const, reason: inBaseline.reason } }
          : {}),
    }
  })
}

/** Rule, file and the line around what was found: never what was found. */
function contextOf({ path, text }: TextFile, { rule, start, end }: RawFinding, index: LineIndex): string {
  const lineStart = index.startOf(index.at(start).line)
  const after = text.indexOf('\n', end)
  const around = [text.slice(lineStart, start), text.slice(end, after === -1 ? text.length : after)]
  return [rule, path, ...around.map((part) => part.trim().slice(0, 200))].join('\0')
}

/** One finding a rule and place: the strongest of those that overlap. */
function withoutDoubles(findings: readonly RawFinding[]): readonly RawFinding[] {
  const order = { error: 0, warning: 1, note: 2 }
  const kept: RawFinding[] = []
  for (const finding of findings.toSorted((a, b) => order[a.level] - order[b.level] || a.start - b.start)) {
    const overlaps = kept.some(
      ({ rule, start, end }) =>
        rule === finding.rule &&
        start < Math.max(finding.end, finding.start + 1) &&
        finding.start < Math.max(end, start + 1),
    )
    if (!overlaps) kept.push(finding)
  }
  return kept.toSorted((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1))
}
