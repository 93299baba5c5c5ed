import type { ScanFinding, ScanReport, SkippedFile } from './finding.ts'
import { runGit } from './git.ts'
import { scanFile, type ScanOptions } from './scan.ts'
import { decodeText } from './text-file.ts'
import { fileKind } from './file-kind.ts'
import { IgnoreRules } from './gitignore.ts'

/** What `git commit` would commit, as it stands in the index: the file on disk may have been changed since. */
export async function scanStaged(folder: string, options: ScanOptions = {}): Promise<ScanReport | undefined> {
  const root = runGit(folder, ['rev-parse', '--show-toplevel'], true)
    ?.toString('utf8')
    .replace(/\r?\n$/, '')
  const listed = root === undefined ? undefined : runGit(root, DIFF, true)
  if (root === undefined || listed === undefined) return undefined
  const excluded = new IgnoreRules().with('', (options.exclude ?? []).join('\n'))
  const skipped: SkippedFile[] = []
  const findings: ScanFinding[] = []
  let filesScanned = 0
  for (const { file, digest } of entriesOf(listed).filter((entry) => !excluded.isIgnored(entry.file, false))) {
    const bytes = runGit(root, ['cat-file', 'blob', digest], true)
    const read =
      bytes === undefined
        ? ({ ok: false, reason: 'cannot be read from the index' } as const)
        : decodeText(bytes, options.maxBytes ?? 1024 * 1024)
    if (!read.ok) {
      skipped.push({ file, reason: read.reason })
      continue
    }
    try {
      findings.push(...(await scanFile({ path: file, kind: fileKind(file), text: read.text }, options)))
      filesScanned++
    } catch {
      skipped.push({ file, reason: 'could not be judged within the budget' })
    }
  }
  return { root, filesScanned, skipped, findings }
}

const DIFF = ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--diff-filter=d']

/** `:100644 100644 OLD NEW M\0path\0`; links and submodules hold no text. */
function entriesOf(listed: Buffer): readonly { readonly file: string; readonly digest: string }[] {
  const parts = listed.toString('utf8').split('\0')
  const entries: { file: string; digest: string }[] = []
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, mode = '', digest = ''] = /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) /.exec(parts[at] ?? '') ?? []
    if (mode.startsWith('100')) entries.push({ file: parts[at + 1] ?? '', digest })
  }
  return entries
}
