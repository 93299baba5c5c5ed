import { made, refused, type SinkResult } from './sink.ts'

export interface PathOptions {
  /** The folder no result lies outside of. Its own spelling is kept; it is trusted. */
  readonly root: string
}

/**
 * Joins a path a model or user gave to a root it cannot leave. Lexical only: `confinedPath` of `sallyport/sinks/node`
 * also follows symbolic links. Open with `O_NOFOLLOW` where the file may be swapped in between.
 *
 * Both slashes are separators; absolute paths, drive letters, UNC names, device names of Windows, NUL and control
 * characters are refused, and so are spellings that some layer below would decode into a way out (escapes within
 * escapes, overlong UTF-8, full-width dots and slashes, a trailing dot or blank that Windows drops).
 */
export function confinePath(text: string, options: PathOptions): SinkResult<'path'> {
  for (const reading of readingsOf(text)) {
    if (/[\0-\x1f\x7f-\x9f]/.test(reading)) {
      return refused('path-control-character', 'A path cannot hold control characters.')
    }
    if (/^[\\/]/.test(reading)) return refused('path-absolute', 'An absolute path is not inside the root.')
    if (/^[A-Za-z]:/.test(reading))
      return refused('path-absolute', 'A path with a drive letter is not inside the root.')
    if (/^(?:file|[a-z][a-z0-9+.-]+):\/\//i.test(reading)) return refused('path-url', 'A URL is not a path.')
    if (reading.startsWith('~')) return refused('path-home', 'A home folder is not inside the root.')
    if (climbs(reading)) return refused('path-outside-root', 'The path leads out of the root.')
    if (reading.split(/[\\/]+/).some(isDevice)) {
      return refused('path-device', 'A device name of Windows is not a file inside the root.')
    }
  }
  if (NEVER_UTF8.test(text)) return refused('path-encoding', 'The path has escapes that are no valid UTF-8.')
  const segments: string[] = []
  for (const segment of text.split(/[\\/]+/)) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') segments.pop()
    else segments.push(segment)
  }
  return made(text, joinRoot(options.root, segments))
}

/** The root in its own spelling with the segments behind it. */
export function joinRoot(root: string, segments: readonly string[]): string {
  const bare = root.replace(/(?<=[^\\/])[\\/]+$/, '')
  if (segments.length === 0) return bare === '' ? '.' : bare
  return bare === '' ? segments.join('/') : `${bare}${/[\\/]$/.test(bare) ? '' : '/'}${segments.join('/')}`
}

/** Windows finds these in every folder, whatever their extension, and opens the console, a port or a stream. */
function isDevice(segment: string): boolean {
  return /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$|clock\$)[. ]*(?:[.:].*)?$|:\$/i.test(
    segment,
  )
}

/** Rounds of decoding: a layer decodes once, and few programs have more than three. */
const ROUNDS = 5

/** The path as it stands and as a careless layer below might read it. */
function readingsOf(text: string): Set<string> {
  const found = new Set([text])
  let reading = text
  for (let round = 0; round < ROUNDS; round++) {
    const decoded = decodeOnce(reading)
    if (decoded === reading) break
    found.add(decoded)
    reading = decoded
  }
  for (const each of Array.from(found)) {
    const folded = each
      .normalize('NFKC')
      .replace(/[\u2215\u2216\u2044\u29f8\u29f5]/g, '/')
      .replace(/\u2024/g, '.')
    found.add(folded)
    // Invisible characters, matrix parameters (`..;x=1/`) and backslashes may be dropped on the way, and what a code
    // page lacks becomes `?` and is matched as any letter.
    found.add(folded.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    found.add(folded.replace(/;[^\\/]*/g, ''))
    found.add(folded.replaceAll('\\', ''))
    found.add(folded.replaceAll('?', '.'))
  }
  return found
}

/** One round of decoding by a layer that takes in more than it should; what is no escape stays. */
function decodeOnce(text: string): string {
  return text
    .replace(/%u(?:2215|2216|ff0f|ff3c|efc8|f025)|%bg%qf/gi, '/')
    .replace(/%uff0e/gi, '.')
    .replace(/%(?:u00)?([0-7][0-9a-f])|0x(2e|2f|5c)/gi, (_found, percent?: string, plain?: string) =>
      String.fromCharCode(Number.parseInt(percent ?? plain ?? '', 16)),
    )
}

/** Escaped bytes that begin no UTF-8 sequence (RFC 3629 §3): only overlong or invented forms have them. */
const NEVER_UTF8 = /%(?:25)*(?:c[01]|f[5-9a-f]|e0%(?:25)*[0-9][0-9a-f]|e0%(?:25)*[89][0-9a-f]|f0%(?:25)*[0-8][0-9a-f])/i

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
