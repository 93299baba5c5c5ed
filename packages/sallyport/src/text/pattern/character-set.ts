import type { CharacterNode } from './pattern-node.ts'

/** Bit `code % 32` of word `code / 32` is set when the ASCII character `code` belongs to the set. */
export type AsciiSet = Uint32Array

/** True when the bit of an ASCII character is set. */
export function hasAscii(set: AsciiSet, code: number): boolean {
  return (((set[code >> 5] ?? 0) >>> (code & 31)) & 1) === 1
}

/** The ASCII characters a node matches under these flags. Asked of the engine itself, so that case folding is right. */
export function asciiOf(node: CharacterNode, flags: string): AsciiSet {
  const key = `${flags}/${node.source}`
  let set = sets.get(key)
  if (set === undefined) {
    if (sets.size >= MAX_SETS) sets.clear()
    sets.set(key, (set = askEngine(node, flags)))
  }
  return set
}

/** The same few classes and letters make up most patterns. Sets are shared, never changed. */
const sets = new Map<string, AsciiSet>()
const MAX_SETS = 4_096

function askEngine(node: CharacterNode, flags: string): AsciiSet {
  const alone = matcherOf(node, flags)
  const set = new Uint32Array(4)
  for (let code = 0; code < 128; code++) {
    if (alone.test(String.fromCharCode(code))) set[code >> 5] = (set[code >> 5] ?? 0) | (1 << (code & 31))
  }
  return set
}

/** A pattern that matches a text which is exactly one character of the node. */
export function matcherOf(node: CharacterNode, flags: string): RegExp {
  return new RegExp(`^${node.source}$`, flags.replaceAll(/[dgmy]/g, ''))
}

/** Whether the node may match a character past U+007F. Says yes when in doubt. */
export function matchesNonAscii(node: CharacterNode, flags: string): boolean {
  if (node.open || node.negated || node.ranges.some(([, last]) => last > 0x7f)) return true
  // Only /iu folds a letter past ASCII onto an ASCII one: U+017F (long s) and U+212A (Kelvin sign), CaseFolding.txt.
  return flags.includes('i') && /[uv]/.test(flags) && node.ranges.some(holdsKOrS)
}

function holdsKOrS([first, last]: readonly [number, number]): boolean {
  return [0x4b, 0x53, 0x6b, 0x73].some((code) => first <= code && code <= last)
}

/**
 * All characters the node matches when they are known and at most `limit`, with ASCII letters in lower case and the
 * long s and Kelvin sign as the letters they fold to; otherwise undefined.
 */
export function foldedCharacters(node: CharacterNode, flags: string, limit: number): readonly string[] | undefined {
  if (node.open || node.negated) return undefined
  const ignoreCase = flags.includes('i')
  const unicode = /[uv]/.test(flags)
  const found = new Set<string>()
  for (const [first, last] of node.ranges) {
    if (last - first > 2 * limit) return undefined
    for (let code = first; code <= last; code++) {
      const character = unicode ? String.fromCodePoint(code) : String.fromCharCode(code)
      const folded = foldCase(character)
      // Letters past ASCII have case variants that literals are not compared with.
      if (ignoreCase && code > 0x7f && folded === character && hasCase(character)) return undefined
      found.add(folded)
    }
  }
  return found.size <= limit ? [...found] : undefined
}

/** ASCII letters in lower case; the two characters that only case folding turns into ASCII letters, as those. */
export function foldCase(text: string): string {
  return text
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k')
}

function hasCase(character: string): boolean {
  return character.toLowerCase() !== character || character.toUpperCase() !== character
}
