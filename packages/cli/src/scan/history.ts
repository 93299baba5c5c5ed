import { spawn } from 'node:child_process'
import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { ScanFinding, ScanReport, SkippedFile } from './finding.ts'
import { scanFile } from './scan.ts'
import { fileKind } from './file-kind.ts'
import { SAFE_CONFIG, safeEnvironment } from './git.ts'

export interface HistoryOptions {
  /** Milliseconds after which the search ends, and says so. Default 20,000. */
  readonly timeoutMs?: number
  /** Most commits read, newest first. Default 2,000. */
  readonly maxCommits?: number
}

/** Lines of one file in one commit. */
interface Added {
  readonly commit: string
  readonly file: string
  readonly lines: string[]
  /** Characters of all lines, also of those that were not kept. */
  length: number
}

/** Longest text of one file in one commit that is judged. */
const MAX_LENGTH = 1024 * 1024

/**
 * Looks for credentials in every line that any commit added.
 */
export async function scanHistory(path: string, options: HistoryOptions = {}): Promise<ScanReport> {
  const root = resolve(path)
  const skipped: SkippedFile[] = []
  const findings = new Map<string, ScanFinding>()
  let commits = 0
  if (!lstatSync(root).isDirectory()) return { root, filesScanned: 0, skipped, findings: [] }
  const { timeoutMs = 20_000, maxCommits = 2_000 } = options
  const judge = async ({ commit, file, lines, length }: Added): Promise<void> => {
    const text = lines.join('\n')
    if (length > MAX_LENGTH) {
      skipped.push({ file: `${commit}:${file}`, reason: `more than ${MAX_LENGTH} characters in one commit` })
      return
    }
    for (const finding of await scanFile({ path: file, kind: fileKind(file), text })) {
      if (finding.rule !== 'secret' || finding.level !== 'error') continue
      const known = `${file}\0${finding.fingerprint}`
      // The oldest commit is the one that brought it in; git lists the newest first.
      findings.set(known, {
        ...finding,
        rule: 'secret-in-history',
        message: `${finding.message} (commit ${commit.slice(0, 12)})`,
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
      })
    }
  }
  const outcome = await readHistory(root, timeoutMs, maxCommits, judge, () => commits++)
  if (outcome !== undefined) skipped.push({ file: '.git', reason: outcome })
  return { root, filesScanned: commits, skipped, findings: [...findings.values()] }
}

/** Runs git log and hands over what each commit added. Gives back why the history was not read to its end, if so. */
function readHistory(
  root: string,
  timeoutMs: number,
  maxCommits: number,
  judge: (added: Added) => Promise<void>,
  onCommit: () => void,
): Promise<string | undefined> {
  return new Promise((done) => {
    const git = spawn('git', ['-C', root, ...SAFE_CONFIG, ...LOG, `--max-count=${maxCommits}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: safeEnvironment(),
    })
    let failure: string | undefined
    const timer = setTimeout(() => {
      failure = `history not read to its end: it took more than ${timeoutMs} ms`
      git.kill('SIGKILL')
    }, timeoutMs)
    const ended = new Promise<void>((end) => {
      git.once('error', () => {
        failure = 'history not read: git cannot be run'
        end()
      })
      git.once('close', (code) => {
        if (code !== 0 && code !== null) failure ??= 'history not read: this is no git repository'
        end()
      })
    })
    void (async () => {
      let commit = ''
      let added: Added | undefined
      // What a file adds may look like a header; it stands in a hunk.
      let isInHunk = false
      const flush = async (): Promise<void> => {
        if (added !== undefined && added.lines.length > 0) await judge(added)
        added = undefined
      }
      for await (const line of createInterface({ input: git.stdout, crlfDelay: Infinity })) {
        const head = /^commit ([0-9a-f]{40,64})$/.exec(line)?.[1]
        if (head !== undefined) {
          await flush()
          commit = head
          isInHunk = false
          onCommit()
        } else if (line.startsWith('diff --')) isInHunk = false
        else if (line.startsWith('@@')) isInHunk = true
        else if (line.startsWith('+++ ') && !isInHunk) {
          await flush()
          added = {
            commit,
            file: line
              .slice(4)
              .replace(/^"?b\//, '')
              .replace(/"$/, ''),
            lines: [],
            length: 0,
          }
        } else if (line.startsWith('+') && added !== undefined) {
          added.length += line.length
          // A file too long to be judged is not kept either: a repository decides how long it is.
          if (added.length <= MAX_LENGTH) added.lines.push(line.slice(1))
        }
      }
      await flush()
    })()
      .catch(() => {
        failure ??= 'history not read to its end: a commit could not be judged'
      })
      .then(() => ended)
      .finally(() => {
        clearTimeout(timer)
        git.kill('SIGKILL')
        done(failure)
      })
  })
}

const LOG = [
  '--no-pager',
  'log',
  '--all',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--unified=0',
  '--format=commit %H',
  // Of a merge what neither side had: a key may come in while a conflict is solved.
  '--cc',
  '-p',
]
