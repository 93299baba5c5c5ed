import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { SkippedFile } from './finding.ts'
import { IgnoreRules } from './gitignore.ts'

export interface ListedFiles {
  /** Relative to the root, with `/`, sorted. */
  readonly files: readonly string[]
  readonly skipped: readonly SkippedFile[]
}

export interface ListOptions {
  /** Read also what `.gitignore` leaves out. Default: no. */
  readonly includeIgnored?: boolean
  /** Further folders and files to leave out, in the form of `.gitignore` lines. */
  readonly exclude?: readonly string[]
  /** Most files read. Default 50,000. */
  readonly maxFiles?: number
}

/** Folders of tools and dependencies: not the project's own text, and often larger than all of it. */
const NEVER = new Set(['.git', 'node_modules', '.hg', '.svn', '.venv', '__pycache__', '.tox', '.mypy_cache'])

/**
 * The files of a folder that git would track, or a single file. Symbolic links are not followed: they may lead out of the
 * folder, or in circles.
 */
export function listFiles(path: string, options: ListOptions = {}): { readonly root: string } & ListedFiles {
  const target = resolve(path)
  if (lstatSync(target).isFile()) return { root: dirname(target), files: [basename(target)], skipped: [] }
  const files: string[] = []
  const skipped: SkippedFile[] = []
  const maxFiles = options.maxFiles ?? 50_000
  const visit = (folder: string, inherited: IgnoreRules): void => {
    let entries
    try {
      entries = readdirSync(folder, { withFileTypes: true })
    } catch (error) {
      skipped.push({
        file: pathOf(target, folder),
        reason: `cannot be read (${(error as NodeJS.ErrnoException).code})`,
      })
      return
    }
    let rules = inherited
    if (options.includeIgnored !== true) {
      const own = entries.find((entry) => entry.name === '.gitignore' && entry.isFile())
      if (own !== undefined) rules = rules.with(pathOf(target, folder), readText(join(folder, own.name)))
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = join(folder, entry.name)
      const file = pathOf(target, full)
      if (entry.isSymbolicLink()) {
        if (!rules.isIgnored(file, false)) skipped.push({ file, reason: 'symbolic link' })
      } else if (entry.isDirectory()) {
        if (!NEVER.has(entry.name) && !rules.isIgnored(file, true)) visit(full, rules)
      } else if (entry.isFile() && !rules.isIgnored(file, false)) {
        if (files.length < maxFiles) files.push(file)
        else skipped.push({ file, reason: `more than ${maxFiles} files` })
      }
    }
  }
  visit(target, new IgnoreRules().with('', (options.exclude ?? []).join('\n')))
  return { root: target, files, skipped }
}

function pathOf(root: string, full: string): string {
  return relative(root, full).split(sep).join('/')
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
