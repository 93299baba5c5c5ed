import type { ConversationPart } from '../../guard/tool-call.ts'
import { canonicalText } from '../canonical-value.ts'

/** A part of the conversation, ready to be searched. Made once for each part object. */
export interface PartText {
  /** Canonical, with case. */
  readonly cased: string
  readonly lower: string
  /** Numbers written in it. */
  readonly numbers: () => ReadonlySet<number>
  /** One of its values is a text of a sentence or more. */
  readonly holdsProse: () => boolean
}

/** Stands between the values of structured data: no value crosses it. */
const BETWEEN = '\u0001'
const known = new WeakMap<ConversationPart, PartText>()

export function partText(part: ConversationPart): PartText {
  let found = known.get(part)
  if (found === undefined) known.set(part, (found = read(part)))
  return found
}

function read(part: ConversationPart): PartText {
  const pieces: string[] = []
  if (part.text !== undefined) pieces.push(part.text)
  if (part.value !== undefined) collect(part.value, pieces, 0)
  const cased = pieces.map(canonicalText).join(BETWEEN)
  let numbers: ReadonlySet<number> | undefined
  let prose: boolean | undefined
  return {
    cased,
    lower: cased.toLowerCase(),
    numbers: () => (numbers ??= numbersIn(cased)),
    holdsProse: () => (prose ??= valuesOf(part).some(isProse)),
  }
}

/** The values of a part: those of its JSON, or of a plain text what stands between line breaks and separators. */
function valuesOf(part: ConversationPart): string[] {
  const json = jsonOf(part)
  if (json === undefined) return (part.text ?? '').split(/[\n,;|\t]/)
  const pieces: string[] = []
  collect(json, pieces, 0)
  return pieces
}

/** Names, addresses and titles are shorter; scripts without blanks say as much in fewer letters. */
function isProse(value: string): boolean {
  const words = value.match(/\p{L}+/gu) ?? []
  return words.length > 12 || (value.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu) ?? []).length > 30
}

/** JSON that the part is or holds. */
export function jsonOf({ text, value }: ConversationPart): unknown {
  return value ?? (text === undefined ? undefined : jsonIn(text))
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function collect(value: unknown, pieces: string[], depth: number): void {
  if (depth > 64) return
  if (typeof value === 'string') pieces.push(value)
  else if (typeof value === 'number') pieces.push(String(value))
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collect(item, pieces, depth + 1)
  }
}

const NUMBER =
  /(?<![\p{L}\p{M}\p{N}\p{Cf}_.@/-]|\d[,:'’])-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,15})?(?![\p{L}\p{M}\p{N}\p{Cf}_@/-]|[.,:'’]\d)/gu

function numbersIn(text: string): ReadonlySet<number> {
  return new Set(Array.from(text.matchAll(NUMBER), ([number]) => Number(number.replaceAll(',', ''))))
}

/**
 * What makes one value of two words: with one of these beside it, a match is a piece of something longer. Marks and
 * invisible characters are among them: they are part of the word they are written to.
 */
const JOINS = /[\p{L}\p{M}\p{N}\p{Cf}_@+\-/\\#&=%~]/u
/** What joins digits: `1,250`, `12:30`, `15.05.2024`, `1’250`. */
const JOINS_DIGITS = /[.,:'’]/
const DIGIT = /\d/

/** Whether a value stands in the text as a whole: not as a piece of a longer word, address, path or number. */
export function standsIn(text: string, value: string): boolean {
  return placesIn(text, value).next().done === false
}

/** Where it stands so. */
export function* placesIn(text: string, value: string): Generator<number, undefined> {
  if (value === '') return
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (isEdge(text, at - 1, -1) && isEdge(text, at + value.length, 1)) yield at
  }
}

/** A full stop joins only where more of the word follows it: `example.com`, but not the end of a sentence. */
function isEdge(text: string, at: number, step: 1 | -1): boolean {
  const beside = text[at]
  if (beside === undefined) return true
  if (JOINS_DIGITS.test(beside) && DIGIT.test(text[at - step] ?? '') && DIGIT.test(text[at + step] ?? '')) return false
  if (beside === '.' || beside === ':') {
    const next = text[at + step]
    return step === 1 ? next === undefined || !JOINS.test(next) : beside === ':'
  }
  return !JOINS.test(
    isLowSurrogate(beside) && step === -1 ? `${text[at - 1] ?? ''}${beside}` : surrogates(text, at, beside),
  )
}

function isLowSurrogate(unit: string): boolean {
  return unit >= '\udc00' && unit <= '\udfff'
}

function surrogates(text: string, at: number, beside: string): string {
  return beside >= '\ud800' && beside <= '\udbff' ? `${beside}${text[at + 1] ?? ''}` : beside
}
