import { encodeTerminal } from 'sallyport/sinks'
import { type Level, LEVELS, type ScanFinding, type ScanReport } from './finding.ts'

const COLORS: Readonly<Record<Level, number>> = { error: 31, warning: 33, note: 36 }

export interface TableOptions {
  readonly color: boolean
  /** Show notes as well. */
  readonly notes: boolean
}

/** Findings for people, by file; what was accepted and what was not read is said, too. */
export function renderTable({ findings, filesScanned, skipped }: ScanReport, { color, notes }: TableOptions): string {
  const paint = (code: number, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const open = findings.filter(({ accepted, level }) => accepted === undefined && (notes || level !== 'note'))
  const lines: string[] = []
  for (const [file, own] of groups(open, (finding) => finding.file)) {
    lines.push(paint(1, shown(file)))
    for (const { line, column, level, rule, message, fix } of own) {
      lines.push(
        `  ${`${line}:${column}`.padEnd(9)} ${paint(COLORS[level], level.padEnd(7))} ${rule}  ${shown(message)}`,
      )
      lines.push(`            ${paint(2, fix)}`)
    }
    lines.push('')
  }
  lines.push(`${filesScanned} files scanned: ${countWords(findings)}`)
  const accepted = findings.filter(({ accepted: why }) => why !== undefined)
  if (accepted.length > 0) lines.push(`${accepted.length} accepted with a reason (--json lists them)`)
  for (const [reason, files] of groups(skipped, (file) => file.reason)) {
    const some = files.slice(0, 3).map(({ file }) => shown(file))
    lines.push(
      `not read, ${shown(reason)}: ${some.join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const found = new Map<string, Item[]>()
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item])
  return found
}

function countWords(findings: readonly ScanFinding[]): string {
  const open = findings.filter(({ accepted }) => accepted === undefined)
  if (open.length === 0) return 'nothing found'
  return LEVELS.toReversed()
    .map((level) => [open.filter((finding) => finding.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}${count === 1 ? '' : 's'}`)
    .join(', ')
}

/** File names are an attacker's text. */
function shown(text: string): string {
  const encoded = encodeTerminal(text)
  return encoded.ok ? encoded.value : '(unprintable)'
}
