import { lstatSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Advisory, RuntimeReport } from './context.ts'

const MOST_FILES = 5_000

/** Node's version, and which files of the data folder others than their owner may touch. */
export function lookAtRuntime(dataDir: string | undefined, advisories?: readonly Advisory[]): RuntimeReport {
  const looked = dataDir === undefined || process.platform === 'win32' ? undefined : lookAtFiles(dataDir)
  return {
    nodeVersion: process.versions.node,
    ...(looked === undefined ? {} : { openFiles: looked.open, filesLookedAt: looked.count }),
    ...(advisories === undefined ? {} : { advisories }),
  }
}

function lookAtFiles(root: string): { readonly open: readonly string[]; readonly count: number } | undefined {
  const open: string[] = []
  let count = 0
  const visit = (path: string): void => {
    const stat = lstatSync(path)
    if (stat.isSymbolicLink() || count >= MOST_FILES) return
    count++
    if ((stat.mode & 0o077) !== 0 && !(path !== root && isShut(root))) open.push(relative(root, path) || '.')
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
  }
  try {
    visit(root)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { open, count }
}

/** Nobody else gets into the folder, so what is in it is out of reach whatever its own mode says. */
function isShut(folder: string): boolean {
  return (lstatSync(folder).mode & 0o077) === 0
}
