import { CONTROL_NAMES, HIDDEN_NAMES } from './hidden-names.data.ts'

/** Text as it can be shown, or a run of characters that would not be seen and what to show in its place. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden'; readonly label: string; readonly name: string }

/**
 * Splits a range of a text into what can be seen and what cannot: format characters, controls, look-alikes of the
 * space, tags and variation selectors that smuggle text. Joiners and selectors that belong to an emoji stay with it.
 */
export function revealHidden(text: string, start = 0, end = text.length): readonly Piece[] {
  const pieces: Piece[] = []
  const candidates = new RegExp(HIDDEN, 'gu')
  let visibleFrom = start
  let at = nextCandidate(candidates, text, start)
  while (at < end) {
    const run: number[] = []
    const runStart = at
    while (at < end && isHiddenAt(text, at)) {
      const point = text.codePointAt(at) ?? 0
      run.push(point)
      at += point > 0xff_ff ? 2 : 1
    }
    if (run.length > 0) {
      if (runStart > visibleFrom) pieces.push({ kind: 'text', text: text.slice(visibleFrom, runStart) })
      pieces.push(...describeRun(run))
      visibleFrom = at
    } else at += 1
    at = nextCandidate(candidates, text, at)
  }
  if (end > visibleFrom) pieces.push({ kind: 'text', text: text.slice(visibleFrom, end) })
  return pieces
}

/** One search over the text, so that a megabyte of plain text costs no more than reading it. */
function nextCandidate(candidates: RegExp, text: string, from: number): number {
  candidates.lastIndex = from
  return candidates.exec(text)?.index ?? Infinity
}

/** True when the text holds a character that would not be seen. */
export function hasHidden(text: string): boolean {
  return revealHidden(text).some(({ kind }) => kind === 'hidden')
}

// Cs matches lone surrogates only, because of the u flag. Space, tab and line feed are seen for what they are.
const HIDDEN =
  /(?![ \t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\p{Zs}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffb]/u
const EMOJI_BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[0-9#*]|\ufe0f)$/u
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u

function isHiddenAt(text: string, at: number): boolean {
  const point = text.codePointAt(at) ?? 0
  if (point === 0x0d) return text.charCodeAt(at + 1) !== 0x0a
  if (point === 0xfe_0f) return !/(?:\p{Extended_Pictographic}|[0-9#*])$/u.test(text.slice(Math.max(at - 2, 0), at))
  if (point === 0x20_0d) {
    const joins = EMOJI_BEFORE.test(text.slice(Math.max(at - 2, 0), at)) && EMOJI_AFTER.test(text.slice(at + 1, at + 3))
    return !joins
  }
  return HIDDEN.test(String.fromCodePoint(point))
}

const LONGEST_SPELLED_RUN = 6

function describeRun(points: readonly number[]): readonly Piece[] {
  const smuggled = decodeTags(points) ?? decodeSelectors(points)
  if (smuggled) return [smuggled]
  const groups: { point: number; count: number }[] = []
  for (const point of points) {
    const last = groups.at(-1)
    if (last?.point === point) last.count += 1
    else groups.push({ point, count: 1 })
  }
  if (groups.length > LONGEST_SPELLED_RUN) {
    const kinds = [...new Set(points)].slice(0, LONGEST_SPELLED_RUN).map((point) => labelOf(point)[0])
    return [
      {
        kind: 'hidden',
        label: `${points.length} hidden`,
        name: `${points.length} hidden characters: ${kinds.join(', ')}`,
      },
    ]
  }
  return groups.map(({ point, count }) => {
    const [label, name] = labelOf(point)
    const times = count > 1 ? ` ×${count}` : ''
    return { kind: 'hidden', label: label + times, name: `${name}, ${codeName(point)}${times}` }
  })
}

/** Unicode tags repeat ASCII at U+E0000: the classic way of hiding a whole instruction. */
function decodeTags(points: readonly number[]): Piece | undefined {
  if (!points.every((point) => point >= 0xe_00_00 && point <= 0xe_00_7f)) return undefined
  return smuggledText(
    'TAG',
    'tag characters',
    points.map((point) => point - 0xe_00_00),
  )
}

/** A run of variation selectors can carry one byte each: VS1 to VS16 are 0 to 15, VS17 to VS256 are 16 to 255. */
function decodeSelectors(points: readonly number[]): Piece | undefined {
  const bytes = points.map((point) => {
    if (point >= 0xfe_00 && point <= 0xfe_0f) return point - 0xfe_00
    return point >= 0xe_01_00 && point <= 0xe_01_ef ? point - 0xe_01_00 + 16 : -1
  })
  if (bytes.length < 2 || bytes.includes(-1)) return undefined
  return smuggledText('VS', 'variation selectors', bytes)
}

function smuggledText(label: string, kind: string, bytes: readonly number[]): Piece {
  const readable = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f)
  const text = readable.length >= bytes.length / 2 ? String.fromCodePoint(...readable.slice(0, 500)) : ''
  const count = `${bytes.length} ${kind}`
  return text
    ? { kind: 'hidden', label: `${label} “${text}”`, name: `${count}, read as text` }
    : { kind: 'hidden', label: `${label} ×${bytes.length}`, name: count }
}

function labelOf(point: number): readonly [label: string, name: string] {
  const named = HIDDEN_NAMES.get(point)
  if (named) return named
  const control = CONTROL_NAMES[point]
  if (control) return [control, 'control character']
  if (point === 0x7f) return ['DEL', 'control character']
  if (point >= 0xfe_00 && point <= 0xfe_0f) return [`VS${point - 0xfe_00 + 1}`, 'variation selector']
  if (point >= 0xe_01_00 && point <= 0xe_01_ef) return [`VS${point - 0xe_01_00 + 17}`, 'variation selector']
  if (point >= 0xd8_00 && point <= 0xdf_ff) return [codeName(point), 'lone surrogate']
  return [codeName(point), 'invisible or unassigned character']
}

function codeName(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
}
