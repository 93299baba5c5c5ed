/** One line of a `.gitignore`, compiled. */
interface IgnoreLine {
  readonly pattern: RegExp
  readonly isNegated: boolean
  readonly isFolderOnly: boolean
}

interface Layer {
  /** Folder of the ignore file, relative to the root; empty for the root. */
  readonly base: string
  readonly lines: readonly IgnoreLine[]
}

/** The ignore files that hold for a folder: its own after those of the folders above, as git reads them. */
export class IgnoreRules {
  readonly #layers: readonly Layer[]

  constructor(layers: readonly Layer[] = []) {
    this.#layers = layers
  }

  /** The rules with those of a `.gitignore` in the folder `base` (relative to the root; empty for the root) added. */
  with(base: string, text: string): IgnoreRules {
    const lines = text.split(/\r?\n/).flatMap(compileLine)
    return lines.length === 0 ? this : new IgnoreRules([...this.#layers, { base, lines }])
  }

  /** Whether git would leave out this path (relative to the root, with `/`). The last line that matches decides. */
  isIgnored(path: string, isFolder: boolean): boolean {
    let ignored = false
    for (const { base, lines } of this.#layers) {
      const inside = base === '' ? path : path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined
      if (inside === undefined) continue
      for (const { pattern, isNegated, isFolderOnly } of lines) {
        if ((!isFolderOnly || isFolder) && pattern.test(inside)) ignored = !isNegated
      }
    }
    return ignored
  }
}

/** https://git-scm.com/docs/gitignore#_pattern_format */
function compileLine(line: string): IgnoreLine[] {
  let rest = line.replace(/(?<!\\)\s+$/, '')
  if (rest === '' || rest.startsWith('#') || rest.length > 1_000) return []
  const isNegated = rest.startsWith('!')
  if (isNegated) rest = rest.slice(1)
  const isFolderOnly = rest.endsWith('/')
  if (isFolderOnly) rest = rest.slice(0, -1)
  // A slash at the beginning or in the middle binds the pattern to its folder.
  const isAnchored = rest.includes('/')
  if (rest.startsWith('/')) rest = rest.slice(1)
  if (rest === '') return []
  return [{ pattern: new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${globSource(rest)}$`, 's'), isNegated, isFolderOnly }]
}

function globSource(glob: string): string {
  let source = ''
  for (let at = 0; at < glob.length; at++) {
    const char = glob.charAt(at)
    if (glob.startsWith('**/', at)) {
      source += '(?:[^/]+/)*'
      at += 2
    } else if (glob.startsWith('/**', at) && at + 3 === glob.length) {
      source += '/.+'
      at += 2
    } else if (char === '*') {
      source += '[^/]*'
      while (glob.charAt(at + 1) === '*') at++
    } else if (char === '?') source += '[^/]'
    else if (char === '[') {
      const end = glob.indexOf(']', at + 2)
      if (end === -1) source += '\\['
      else {
        const inner = glob.slice(at + 1, end).replaceAll('\\', '\\\\')
        source += `[${inner.replace(/^[!^]/, '^')}]`
        at = end
      }
    } else if (char === '\\' && at + 1 < glob.length) {
      at++
      source += escape(glob.charAt(at))
    } else source += escape(char)
  }
  return source
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}
