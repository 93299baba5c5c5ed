import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, relative, isAbsolute, sep } from 'node:path'
import { confinePath } from '../path.ts'
import { made, refused, type SinkResult } from '../sink.ts'

/**
 * Joins a path to a root and follows symbolic links: the real file, or for a file yet to be made its real folder, must
 * lie inside the real root. A file can still be swapped after the check by someone who may write there: run with the
 * least rights and open with `O_NOFOLLOW`.
 */
export async function confinedPath(text: string, options: { readonly root: string }): Promise<SinkResult<'path'>> {
  const lexical = confinePath(text, options)
  if (!lexical.ok) return lexical
  const root = await realpath(options.root)
  const inside = relative(options.root, lexical.value)
  const real = await realOf(join(root, inside), root)
  if (real === undefined || !contains(root, real)) {
    return refused('path-outside-root', 'The path leads out of the root.')
  }
  return made(text, real)
}

/** The real path of what exists, with the rest of the name behind it; undefined for a link that leads nowhere. */
async function realOf(path: string, root: string): Promise<string | undefined> {
  const missing: string[] = []
  let current = path
  for (;;) {
    const real = await realpath(current).catch(() => undefined)
    if (real !== undefined) return join(real, ...missing.toReversed())
    // A dangling link would be followed when the file is created: where it leads cannot be known to be inside.
    const isLink = await lstat(current).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    )
    if (isLink || current === root || dirname(current) === current) return undefined
    missing.push(current.slice(dirname(current).length).replace(/^[\\/]+/, ''))
    current = dirname(current)
  }
}

function contains(root: string, path: string): boolean {
  const inside = relative(root, path)
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside))
}
