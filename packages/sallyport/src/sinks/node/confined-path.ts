import { lstatSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { confinePath, joinRoot, type PathOptions } from '../path.ts'
import { made, refused, type SinkResult } from '../sink.ts'

/**
 * Joins a path to a root and follows symbolic links: the real file, or for a file yet to be made its real folder, must
 * lie inside the real root. The result is the root in its own spelling with the real path behind it. A root that does
 * not exist holds no links: there the path is judged as `confinePath` does.
 *
 * A file can still be swapped after the check by someone who may write there: run with the least rights and open with
 * `O_NOFOLLOW`.
 */
export function confinedPath(text: string, options: PathOptions): SinkResult<'path'> {
  const lexical = confinePath(text, options)
  if (!lexical.ok) return lexical
  const root = realOf(options.root === '' ? '.' : options.root)
  if (root === undefined) return lexical
  const real = realFile(join(root, relative(options.root, lexical.value)), root)
  const inside = real === undefined ? undefined : relative(root, real)
  if (inside === undefined || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return refused('path-outside-root', 'The path leads out of the root.')
  }
  return made(text, joinRoot(options.root, inside === '' ? [] : inside.split(sep)))
}

/** The real path of what exists, with the rest of the name behind it; undefined where that cannot be told. */
function realFile(path: string, root: string): string | undefined {
  const missing: string[] = []
  let current = path
  for (;;) {
    const real = realOf(current)
    if (real !== undefined) return join(real, ...missing.toReversed())
    // A dangling link would be followed when the file is created: where it leads cannot be known to be inside.
    if (!isMissing(current) || current === root || dirname(current) === current) return undefined
    missing.push(current.slice(dirname(current).length).replace(/^[\\/]+/, ''))
    current = dirname(current)
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether nothing has this name, not even a link. */
function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}
