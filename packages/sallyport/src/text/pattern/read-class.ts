import { refuse } from './refuse-pattern.ts'

type Range = readonly [first: number, last: number]

/** What a class or an escape stands for, and the index in the pattern after it. */
interface CharacterSet {
  readonly ranges: readonly Range[]
  /** True when the ranges are not all of it. */
  readonly open: boolean
  readonly end: number
}

/**
 * Reads the class that starts with `[` at `start`.
 *
 * @throws SallyportError `invalid-pattern` for the nested classes and set operations of the `v` flag.
 */
export function readClass(
  source: string,
  start: number,
  unicode: boolean,
  unicodeSets: boolean,
): CharacterSet & { readonly negated: boolean } {
  let at = start + 1
  const negated = source[at] === '^'
  if (negated) at++
  if (unicodeSets && negated && source[at] === ']') {
    // V8 12.4 and older (Node 20) let it match without taking a character.
    refuse(source, start, 'an empty negated class with the v flag', 'write [\\s\\S]')
  }
  const ranges: Range[] = []
  let open = false
  while (source[at] !== ']') {
    if (unicodeSets) refuseSetOperation(source, at)
    const first = readMember(source, at, unicode)
    at = first.end
    const [lower] = first.ranges
    if (source[at] === '-' && source[at + 1] !== ']' && isSingle(first) && lower !== undefined) {
      const last = readMember(source, at + 1, unicode)
      const [upper] = last.ranges
      if (isSingle(last) && upper !== undefined) {
        ranges.push([lower[0], upper[0]])
        at = last.end
        continue
      }
    }
    ranges.push(...first.ranges)
    open ||= first.open
  }
  return { ranges, open, negated, end: at + 1 }
}

/** Reads the escape that starts with a backslash at `start`: one character, or a set such as `\d` or `\p{L}`. */
export function readEscape(source: string, start: number, unicode: boolean): CharacterSet {
  const letter = source[start + 1] ?? ''
  const set = SETS[letter]
  if (set !== undefined) return { ranges: set, open: false, end: start + 2 }
  if (letter === 'D' || letter === 'S' || letter === 'W') return { ranges: [], open: true, end: start + 2 }
  if (unicode && (letter === 'p' || letter === 'P')) {
    return { ranges: [], open: true, end: source.indexOf('}', start) + 1 }
  }
  const hex = readHex(source, start, unicode)
  if (hex !== undefined) return hex
  if (letter === 'c' && /[A-Za-z]/.test(source[start + 2] ?? '')) {
    return single(source.charCodeAt(start + 2) % 32, start + 3)
  }
  if (letter === 'c' || /^(?:[1-9]|0\d)/.test(source.slice(start + 1, start + 3))) {
    refuse(source, start, 'an octal or unfinished escape', 'write \\xHH or \\uHHHH')
  }
  if (letter === '0') return single(0, start + 2)
  const control = CONTROLS[letter]
  if (control !== undefined) return single(control, start + 2)
  const code = unicode ? (source.codePointAt(start + 1) ?? 0) : source.charCodeAt(start + 1)
  return single(code, start + 1 + (code > 0xffff ? 2 : 1))
}

function readMember(source: string, at: number, unicode: boolean): CharacterSet {
  if (source[at] === '\\') {
    return source[at + 1] === 'b' ? single(8, at + 2) : readEscape(source, at, unicode)
  }
  const code = unicode ? (source.codePointAt(at) ?? 0) : source.charCodeAt(at)
  return single(code, at + (code > 0xffff ? 2 : 1))
}

function single(code: number, end: number): CharacterSet {
  return { ranges: [[code, code]], open: false, end }
}

function isSingle(set: CharacterSet): boolean {
  const [range] = set.ranges
  return !set.open && set.ranges.length === 1 && range !== undefined && range[0] === range[1]
}

/** `\xHH`, `\uHHHH` and, with the u flag, `\u{H…}` and surrogate pairs of two escapes. */
function readHex(source: string, start: number, unicode: boolean): CharacterSet | undefined {
  const found = /^\\(?:x([\dA-F]{2})|u([\dA-F]{4})|u\{([\dA-F]+)\})/i.exec(source.slice(start, start + 64))
  if (found === null) return undefined
  const [token, byte, unit, braced] = found
  if (braced !== undefined && !unicode) return undefined
  const end = start + token.length
  const code = Number.parseInt(byte ?? unit ?? braced ?? '', 16)
  const low = unicode && unit !== undefined ? /^\\u(d[c-f][\dA-F]{2})/i.exec(source.slice(end, end + 6)) : null
  if (low === null || code < 0xd800 || code > 0xdbff) return single(code, end)
  return single((code - 0xd800) * 0x400 + Number.parseInt(low[1] ?? '', 16) - 0xdc00 + 0x10000, end + 6)
}

function refuseSetOperation(source: string, at: number): void {
  const token = source.slice(at, at + 2)
  if (source[at] === '[' || token === '&&' || token === '--' || token === '\\q') {
    refuse(source, at, 'a set operation of the v flag', 'write the class out and use the u flag')
  }
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

/** ECMA-262 §22.2.2.9: the sets that can be listed. */
const SETS: Readonly<Record<string, readonly Range[]>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  s: [
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ],
}
