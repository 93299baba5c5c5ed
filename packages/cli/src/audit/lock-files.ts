import type { InstalledPackage, LockReport } from '@sallyport/gateway/checklist'

/** What each kind of lock file says is installed. A reader throws on what it cannot read. */
const READERS: Readonly<Record<string, (text: string) => readonly InstalledPackage[]>> = {
  'package-lock.json': npmLock,
  'npm-shrinkwrap.json': npmLock,
  'pnpm-lock.yaml': (text) =>
    matches(
      text.slice(Math.max(text.search(/^packages:/m), 0)),
      /^ {2}['"]?\/?((?:@[^/@\s]+\/)?[^@/'"(\s]+)[@/](\d[^'":(/\s]*)/gm,
      'npm',
    ),
  // `version "1.2.3"` of yarn 1 and `version: 1.2.3` of later ones, below the names that asked for it.
  'yarn.lock': (text) => matches(text, /^"?((?:@[^/@\s]+\/)?[^@"\s]+)@[^\n]*:\n {2}version:? "?(\d[^"\s]*)/gm, 'npm'),
  'bun.lock': (text) => matches(text, /^ {4}"[^"\n]+": \["((?:@[^/@"]+\/)?[^@"/]+)@(\d[^"]*)"/gm, 'npm'),
  'uv.lock': (text) => matches(text, TOML_PACKAGE, 'PyPI'),
  'poetry.lock': (text) => matches(text, TOML_PACKAGE, 'PyPI'),
  'Pipfile.lock': (text) => {
    const value = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, { readonly version?: string }>>>>
    return ['default', 'develop'].flatMap((group) =>
      Object.entries(value[group] ?? {}).flatMap(([name, { version }]): InstalledPackage[] =>
        version?.startsWith('==') === true ? [{ ecosystem: 'PyPI', name, version: version.slice(2) }] : [],
      ),
    )
  },
  'requirements.txt': (text) => matches(text, /^([\w.-]+)(?:\[[^\]\n]*\])?==(\d[^\s;#\\]*)/gm, 'PyPI'),
}

const TOML_PACKAGE = /^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"/gm

/** Whether a file says which versions are installed. */
export function isLockFile(path: string): boolean {
  return Object.hasOwn(READERS, nameOf(path))
}

/** Reads all lock files of a tree. Undefined when none is there, or none can be read. */
export function readLocks(files: readonly { readonly path: string; readonly text: string }[]): LockReport | undefined {
  const read = files
    .filter(({ path }) => isLockFile(path))
    .flatMap(({ path, text }) => {
      try {
        const installed = READERS[nameOf(path)]?.(text) ?? []
        // A list of wishes pins nothing.
        return installed.length === 0 && nameOf(path) === 'requirements.txt' ? [] : [{ path, installed }]
      } catch {
        return []
      }
    })
  if (read.length === 0) return undefined
  const installed = read.flatMap((lock) => lock.installed)
  return { file: read.map(({ path }) => path).join(', '), packages: installed.length, installed }
}

interface NpmEntry {
  readonly name?: string
  readonly version?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, NpmEntry>>
}

/** Lock file versions 2 and 3 list places, version 1 is a tree. */
function npmLock(text: string): readonly InstalledPackage[] {
  const lock = JSON.parse(text) as NpmEntry & { readonly packages?: Readonly<Record<string, NpmEntry>> }
  if (lock.packages === undefined) return npmTree(lock.dependencies ?? {})
  return Object.entries(lock.packages).flatMap(([place, { name, version, link }]): InstalledPackage[] => {
    const at = place.lastIndexOf('node_modules/')
    return at === -1 || link === true || version === undefined
      ? []
      : [{ ecosystem: 'npm', name: name ?? place.slice(at + 'node_modules/'.length), version }]
  })
}

function npmTree(dependencies: Readonly<Record<string, NpmEntry>>): readonly InstalledPackage[] {
  return Object.entries(dependencies).flatMap(([name, { version, dependencies: inner = {} }]): InstalledPackage[] => [
    ...(version === undefined ? [] : [{ ecosystem: 'npm' as const, name, version }]),
    ...npmTree(inner),
  ])
}

function matches(text: string, pattern: RegExp, ecosystem: InstalledPackage['ecosystem']): readonly InstalledPackage[] {
  return [...text.matchAll(pattern)].map(([, name = '', version = '']) => ({ ecosystem, name, version }))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
