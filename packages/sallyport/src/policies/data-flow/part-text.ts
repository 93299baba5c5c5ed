import type { ConversationPart } from '../../guard/tool-call.ts'
import { canonicalText } from '../canonical-value.ts'

/** A part of the conversation, ready to be searched. Made once for each part object. */
export interface PartText {
  /** Canonical, with case. */
  readonly cased: string
  readonly lower: string
  /** Numbers written in it. */
  readonly numbers: () => ReadonlySet<number>
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
  return { cased, lower: cased.toLowerCase(), numbers: () => (numbers ??= numbersIn(cased)) }
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

const NUMBER = /(?<![\p{L}\p{N}_.@/-])-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,15})?(?![\p{L}\p{N}_@/-]|[.,]\d)/gu

function numbersIn(text: string): ReadonlySet<number> {
  return new Set(Array.from(text.matchAll(NUMBER), ([number]) => Number(number.replaceAll(',', ''))))
}

/** What makes one value of two words: with one of these beside it, a match is a piece of something longer. */
const JOINS = /[\p{L}\p{N}_@+\-/\\#&=%~]/u

/** Whether a value stands in the text as a whole: not as a piece of a longer word, address, path or number. */
export function standsIn(text: string, value: string): boolean {
  if (value === '') return false
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    if (isEdge(text, at - 1, -1) && isEdge(text, at + value.length, 1)) return true
  }
  return false
}

/** A full stop joins only where more of the word follows it: `example.com`, but not the end of a sentence. */
function isEdge(text: string, at: number, step: 1 | -1): boolean {
  const beside = text[at]
  if (beside === undefined) return true
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
