import { join } from 'node:path'
import type { LockReport, ModelCall, SourceReport } from '@sallyport/gateway/checklist'
import { isSample } from '../scan/file-kind.ts'
import { scanHistory } from '../scan/history.ts'
import { listFiles } from '../scan/list-files.ts'
import { scanPath } from '../scan/scan.ts'
import { readTextFile } from '../scan/text-file.ts'
import { isLockFile, readLocks } from './lock-files.ts'
import { findModelCalls } from './model-calls.ts'

const MAX_BYTES = 1024 * 1024
const MAX_LOCK_BYTES = 64 * 1024 * 1024

/**
 * Reads a source tree for the audit: what `scan` finds, its history, its calls to models, its lock file. `onProgress` hears of
 * files done and in all; when both are equal the history is read.
 */
export async function makeSourceReport(
  folder: string,
  onProgress?: (done: number, total: number) => void,
): Promise<SourceReport> {
  const report = await scanPath(folder, onProgress === undefined ? {} : { onProgress })
  onProgress?.(report.filesScanned, report.filesScanned)
  const history = await scanHistory(folder)
  // What somebody accepted with a reason is accepted in the commit that brought it, too.
  const accepted = new Set(report.findings.flatMap((finding) => (finding.accepted ? [finding.fingerprint] : [])))
  const findings = [...report.findings, ...history.findings].filter(({ fingerprint }) => !accepted.has(fingerprint))
  const { modelCalls, lock } = readSource(folder)
  return {
    root: report.root,
    filesScanned: report.filesScanned,
    ...(history.skipped.length > 0 ? {} : { commits: history.filesScanned }),
    findings: findings.map(({ rule, level, file, line }) => ({ rule, level, file, line })),
    modelCalls,
    ...(lock === undefined ? {} : { lock }),
  }
}

interface Read {
  readonly modelCalls: readonly ModelCall[]
  readonly lock: LockReport | undefined
}

/** Tests and examples call, and pin, what they like. */
function readSource(folder: string): Read {
  const { root, files } = listFiles(folder)
  const modelCalls: ModelCall[] = []
  const locks: { path: string; text: string }[] = []
  for (const path of files.filter((file) => !isSample(file))) {
    const isLock = isLockFile(path)
    const read = readTextFile(join(root, path), path, isLock ? MAX_LOCK_BYTES : MAX_BYTES)
    if (!read.ok) continue
    if (isLock) locks.push({ path, text: read.file.text })
    else modelCalls.push(...findModelCalls(read.file))
  }
  return { modelCalls, lock: readLocks(locks) }
}
