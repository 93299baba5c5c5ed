import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LockReport, ModelCall, SourceReport } from '@sallyport/gateway/checklist'
import { isSample } from '../scan/file-kind.ts'
import { scanHistory } from '../scan/history.ts'
import { listFiles } from '../scan/list-files.ts'
import { scanPath } from '../scan/scan.ts'
import { readTextFile } from '../scan/text-file.ts'
import { findModelCalls } from './model-calls.ts'

const MAX_BYTES = 1024 * 1024

/** Reads a source tree for the audit: what `scan` finds, its history, its calls to models, its lock file. */
export async function makeSourceReport(
  folder: string,
  onProgress?: (done: number, total: number) => void,
): Promise<SourceReport> {
  const report = await scanPath(folder, onProgress === undefined ? {} : { onProgress })
  const history = await scanHistory(folder)
  // What somebody accepted with a reason is accepted in the commit that brought it, too.
  const accepted = new Set(report.findings.flatMap((finding) => (finding.accepted ? [finding.fingerprint] : [])))
  const findings = [...report.findings, ...history.findings].filter(({ fingerprint }) => !accepted.has(fingerprint))
  const lock = readLock(report.root)
  return {
    root: report.root,
    filesScanned: report.filesScanned,
    ...(history.skipped.length > 0 ? {} : { commits: history.filesScanned }),
    findings: findings.map(({ rule, level, file, line }) => ({ rule, level, file, line })),
    modelCalls: modelCallsOf(folder),
    ...(lock === undefined ? {} : { lock }),
  }
}

/** Tests and examples call what they like. */
function modelCallsOf(folder: string): readonly ModelCall[] {
  const { root, files } = listFiles(folder)
  return files
    .filter((file) => !isSample(file))
    .flatMap((file) => {
      const read = readTextFile(join(root, file), file, MAX_BYTES)
      return read.ok ? findModelCalls(read.file) : []
    })
}

const LOCKS: readonly (readonly [name: string, count: (text: string) => number])[] = [
  [
    'package-lock.json',
    (text) => Object.keys((JSON.parse(text) as { readonly packages?: object }).packages ?? {}).length,
  ],
  ['pnpm-lock.yaml', (text) => text.match(/^ {2}['"]?[/@\w][^:\n]*@[^:\n]*:$/gm)?.length ?? 0],
  ['yarn.lock', (text) => text.match(/^\S.*:$/gm)?.length ?? 0],
  ['uv.lock', (text) => text.match(/^\[\[package\]\]$/gm)?.length ?? 0],
  ['poetry.lock', (text) => text.match(/^\[\[package\]\]$/gm)?.length ?? 0],
]

function readLock(root: string): LockReport | undefined {
  for (const [file, count] of LOCKS) {
    try {
      return { file, packages: count(readFileSync(join(root, file), 'utf8')) }
    } catch {
      // Not there, or not readable as what it should be: the next kind may be.
    }
  }
  return undefined
}
