import { made, refused, type SinkResult } from './sink.ts'

export interface PathOptions {
  /** The folder no result lies outside of. Its own spelling is kept; it is trusted. */
  readonly root: string
}

/**
 * Joins a path a model or user gave to a root it cannot leave. Lexical only: resolve symbolic links with
 * `confinedPath` of `sinks/node`, and open with `O_NOFOLLOW` where the file may be swapped in between.
 *
 * Both slashes are separators; absolute paths, drive letters, UNC names, NUL and control characters are refused, and so
 * are spellings that some layer below would decode into a way out (percent-encoding up to three times, overlong UTF-8,
 * full-width dots and slashes, a trailing dot or blank that Windows drops).
 */
export function confinePath(text: string, options: PathOptions): SinkResult<'path'> {
  if (/[\0-\x1f\x7f]/.test(text)) return refused('path-control-character', 'A path cannot hold control characters.')
  for (const reading of readings(text)) {
    if (/^[\\/]/.test(reading)) return refused('path-absolute', 'An absolute path is not inside the root.')
    if (/^[A-Za-z]:/.test(reading))
      return refused('path-absolute', 'A path with a drive letter is not inside the root.')
    if (/^(?:file|[a-z][a-z0-9+.-]+):\/\//i.test(reading)) return refused('path-url', 'A URL is not a path.')
    if (reading.startsWith('~')) return refused('path-home', 'A home folder is not inside the root.')
    if (reading.includes('\0')) return refused('path-control-character', 'A path cannot hold control characters.')
    if (climbs(reading)) return refused('path-outside-root', 'The path leads out of the root.')
  }
  const segments: string[] = []
  for (const segment of text.split(/[\\/]+/)) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') segments.pop()
    else segments.push(segment)
  }
  const root = options.root.replace(/(?<=[^\\/])[\\/]+$/, '')
  if (segments.length === 0) return made(text, root === '' ? '.' : root)
  return made(text, root === '' ? segments.join('/') : `${root}${/[\\/]$/.test(root) ? '' : '/'}${segments.join('/')}`)
}

/** The path as it stands and as a careless layer below might read it. */
function readings(text: string): Set<string> {
  const found = new Set([text])
  let reading = text
  for (let round = 0; round < 3; round++) {
    const decoded = decodePercent(reading)
    if (decoded === reading) break
    found.add(decoded)
    reading = decoded
  }
  for (const each of Array.from(found)) {
    found.add(
      each
        .normalize('NFKC')
        .replace(/[\u2215\u2216\u2044\u29f8\u29f5]/g, '/')
        .replace(/\u2024/g, '.'),
    )
  }
  return found
}

/** Percent, %u and overlong UTF-8 forms of `.`, `/`, `\` and NUL; anything else stays. */
function decodePercent(text: string): string {
  return text
    .replace(
      /%(?:u00|c0%|e0%80%|f0%80%80%)?(2e|2f|5c|ae|af|9c|00|25)/gi,
      (_found, hex: string) => PERCENT[hex.toLowerCase()] ?? '',
    )
    .replace(/%u(?:2215|2216|ff0f|ff3c|002f|005c)/gi, '/')
    .replace(/%u(?:ff0e|002e)/gi, '.')
    .replace(/%c1%(?:9c|pc|1c|8s)/gi, '/')
}

const PERCENT: Readonly<Record<string, string>> = {
  '2e': '.',
  '2f': '/',
  '5c': '/',
  ae: '.',
  af: '/',
  '9c': '/',
  '00': '\0',
  '25': '%',
}

/** True when some prefix of the path stands above its start. */
function climbs(path: string): boolean {
  let depth = 0
  for (const segment of path.split(/[\\/]+/)) {
    if (segment === '' || segment === '.') continue
    // Windows drops trailing dots and blanks: `.. ` and `...` may be read as `..` there.
    if (/^\.\.[. ]*$/.test(segment)) depth--
    else depth++
    if (depth < 0) return true
  }
  return false
}
