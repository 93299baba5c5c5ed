import type { DecodedUnit, EncodedRun, RunFinder } from './encoded-run.ts'
import { bytesAt, characterOfEscape, isByteEscape } from './escape-sequence.ts'

/** Escapes this close to each other are one run, and this much plain text after the last one belongs to it. */
const GAP = 48
/** A run is cut here, and the next one reads the last part of it again. */
const MAX_RUN = 1024
/** Plain text, or end of a run that was cut, that is read along with the first escape. */
const CONTEXT = 64
const CONTEXT_OF_CUT = 192
const LONGEST = 30

const SIGN = /[%&\\=\b]/g
const ESCAPE =
  /%u[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})|&(?:#[xX][0-9a-fA-F]{1,6};?|#[0-9]{1,7};?|[A-Za-z][A-Za-z0-9]{1,23};)|\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[0-3][0-7]{2})|=[0-9A-F]{2}|\x08/y
const UNFINISHED =
  /^(?:%(?:u[0-9a-f]{0,4}|[0-9a-f]{0,2})|&#?x?[0-9a-z]{0,24}|\\(?:u\{?[0-9a-f]{0,6}|u[0-9a-f]{0,8}|x[0-9a-f]?|[0-7]{0,2})|=[0-9a-f]?)$/i

/**
 * Finds percent-encoding, HTML entities, backslash escapes (\u, \x, octal), quoted-printable and backspaces (which a terminal
 * shows deleted), and decodes them together with up to 64 characters of text before and 48 after, so that half-encoded
 * phrases read as one. A run is at most 1,024 characters long, the next then overlaps it.
 */
export const findEscapes: RunFinder = ({ text, from, end }, report) => {
  let at = from
  for (;;) {
    const first = nextEscape(text, at, end)
    if (first === undefined) return text.length
    if (first.length === 0) return first.start
    let stop = first.start + first.length
    let after = Math.min(text.length, stop + GAP)
    while (stop - first.start < MAX_RUN) {
      const next = nextEscape(text, stop, end)
      if (next === undefined || next.start > stop + GAP) {
        after = stop + GAP
        if (after >= text.length && !end) return first.start
        after = Math.min(after, text.length)
        break
      }
      if (next.length === 0) return first.start
      stop = next.start + next.length
      after = stop
    }
    const run = decodeRun(text, first.start, after)
    if (run !== undefined) report(run)
    at = after
  }
}

interface Escape {
  readonly start: number
  /** 0 when it is not known yet whether this is one. */
  readonly length: number
}

function nextEscape(text: string, from: number, end: boolean): Escape | undefined {
  SIGN.lastIndex = from
  for (let sign = SIGN.exec(text); sign !== null; sign = SIGN.exec(text)) {
    const start = sign.index
    if (!end && start + LONGEST > text.length && UNFINISHED.test(text.slice(start))) return { start, length: 0 }
    ESCAPE.lastIndex = start
    const escape = ESCAPE.exec(text)?.[0]
    if (escape !== undefined && charactersOf(escape) !== undefined) return { start, length: escape.length }
    SIGN.lastIndex = start + 1
  }
  return undefined
}

const FAMILIES: Readonly<Record<string, string>> = {
  '%': 'percent',
  '&': 'entity',
  '\\': 'escape',
  '=': 'quoted-printable',
  '\b': 'backspace',
}

function decodeRun(text: string, start: number, end: number): EncodedRun | undefined {
  const units: DecodedUnit[] = []
  const families = new Map<string, number>()
  let decoded = ''
  let letters = 0
  const write = (characters: string, from: number, to: number, encoded: boolean): void => {
    decoded += characters
    for (let at = 0; at < characters.length; at++) units.push({ start: from, end: to, encoded })
  }
  const isPercent = text.slice(start, end).includes('%')
  const isCut = /[%&\\=]/.test(text.slice(Math.max(0, start - GAP), start))
  for (let at = Math.max(0, start - (isCut ? CONTEXT_OF_CUT : CONTEXT)); at < end;) {
    const escape = escapeAt(text, at)
    if (escape === undefined) {
      const character = text.charAt(at)
      const isBlank = character === '+' && isPercent && /\w\+[\w%]/.test(text.slice(at - 1, at + 2))
      write(isBlank ? ' ' : character, at, at + 1, isBlank)
      at++
      continue
    }
    const family = FAMILIES[escape.charAt(0)] ?? ''
    if (escape === '\b') {
      const gone = units.pop()
      decoded = decoded.slice(0, -1)
      const before = units.pop()
      if (before !== undefined) units.push({ ...before, encoded: true })
      if (gone !== undefined) families.set(family, (families.get(family) ?? 0) + 2)
      at++
      continue
    }
    const sequence = isByteEscape(escape)
      ? bytesAt(text, at)
      : { characters: charactersOf(escape) ?? '', length: escape.length }
    if (sequence === undefined) {
      write(escape, at, at + escape.length, false)
      at += escape.length
      continue
    }
    write(sequence.characters, at, at + sequence.length, true)
    at += sequence.length
    if (/[\p{L}\p{N}]/u.test(sequence.characters)) letters++
    families.set(family, (families.get(family) ?? 0) + 1)
  }
  if ((families.get('quoted-printable') ?? 0) < 3) families.delete('quoted-printable')
  const count = [...families.values()].reduce((sum, each) => sum + each, 0)
  // One `&amp;` or `&#39;` hides no word.
  if (count === 0 || (count < 2 && letters === 0)) return undefined
  return { encoding: [...families.keys()].join('+'), start, end, text: decoded, units }
}

function escapeAt(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at)
  if (code !== 37 && code !== 38 && code !== 92 && code !== 61 && code !== 8) return undefined
  ESCAPE.lastIndex = at
  const escape = ESCAPE.exec(text)?.[0]
  return escape !== undefined && charactersOf(escape) !== undefined ? escape : undefined
}

/** What one escape stands for; a backspace stands for nothing. */
function charactersOf(escape: string): string | undefined {
  return escape === '\b' ? '' : characterOfEscape(escape)
}
