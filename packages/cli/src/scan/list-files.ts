import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { SkippedFile } from './finding.ts'
import { namesOf, runGit } from './git.ts'
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
  if (lstatSync(target).isFile()) {
    const root = rootOf(target)
    return { root, files: [pathOf(root, target)], skipped: [] }
  }
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
  const excluded = new IgnoreRules().with('', (options.exclude ?? []).join('\n'))
  visit(target, excluded)
  if (options.includeIgnored !== true) {
    const known = new Set(files)
    for (const file of trackedAndIgnored(target)) {
      if (!known.has(file) && files.length < maxFiles && !excluded.isIgnored(file, false)) files.push(file)
    }
  }
  return { root: target, files: files.toSorted(), skipped }
}

/** What `.gitignore` names and somebody committed all the same is in every clone. */
function trackedAndIgnored(root: string): readonly string[] {
  return namesOf(runGit(root, ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard'])).filter(
    (file) =>
      !file.split('/').some((part) => NEVER.has(part)) &&
      lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true,
  )
}

/**
 * The folder a single file is named from, as what it is depends on where it stands (`.claude/settings.json`): the repository
 * around it, the current folder, or the folder around the first one with a dot.
 */
function rootOf(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) break
  }
  const parts = dirname(file).split(sep)
  const dotted = parts.findIndex((part) => part.length > 1 && part.startsWith('.'))
  const here = resolve('.')
  if (file.startsWith(here + sep) && (dotted === -1 || dotted >= here.split(sep).length)) return here
  return dotted === -1 ? dirname(file) : parts.slice(0, dotted).join(sep) || sep
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
