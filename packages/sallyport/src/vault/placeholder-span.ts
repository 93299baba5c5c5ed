import { closeAt, LONGEST_BRACKET, openBefore, partialOpenStart } from './brackets.ts'
import { CODE_LENGTH, partialCodeStart } from './placeholder-form.ts'

/** What models put between the parts of a placeholder: the underscore escaped, dropped, or as a space or dash. */
const SEPARATOR = /[_\s\-:\\*#.]/
/** Separators in a row that still belong to one placeholder. */
const MAX_SEPARATORS = 3
/** Characters of a type name in another language. */
const MAX_FOREIGN_NAME = 40
const FOREIGN_NAME = /[\p{L}\p{M}\p{N}_\s\-:\\.#*]/u
/** Characters of a type name we know with everything models put between its letters. */
const MAX_NAME = 64
/** Characters an unfinished placeholder may already have: brackets with blanks and escapes, a name, a code. */
const MAX_PENDING = 2 * (LONGEST_BRACKET + 3) + MAX_NAME + CODE_LENGTH

/**
 * The whole placeholder around a known code: brackets and type name as they are, or as models change them. Undefined
 * when more text is needed to say where it ends. The code alone decides whether it is one, so that a generous reading
 * of what stands around it can never bring back a wrong value.
 *
 * @param text The text from a place on that no unfinished placeholder lies before.
 * @param previous The character before `text`, or ''.
 */
export function spanAround(
  text: string,
  codeStart: number,
  where: { readonly entity: string; readonly previous: string; readonly end: boolean },
): { readonly start: number; readonly end: number } | undefined {
  const codeEnd = codeStart + CODE_LENGTH
  const typed = typeBefore(text, codeStart, lettersOf(where.entity), where.previous)
  const nameStart = typed ?? foreignNameBefore(text, codeStart)
  if (nameStart === undefined) return { start: codeStart, end: codeEnd }
  const opens = opensBefore(text, nameStart)
  if (opens.length === 0) return { start: typed ?? codeStart, end: codeEnd }
  const closes = closesAt(text, codeEnd, opens.length, where.end)
  if (closes === undefined) return undefined
  // A name we do not know is only taken away with both its brackets.
  if (typed === undefined && closes.length === 0) return { start: codeStart, end: codeEnd }
  const isLink = closes.length > 0 && text[closes.at(-1) ?? codeEnd] === '('
  // `[…](mailto:…)`: the brackets are the link's.
  const kept = isLink ? 1 : 0
  const start = opens[opens.length - 1 - kept] ?? nameStart
  const end = isLink ? (closes[closes.length - 2] ?? codeEnd) : (closes.at(-1) ?? codeEnd)
  return { start, end }
}

/** The offset from which on a text may be an unfinished placeholder of one of these entities; its length when none. */
export function pendingStart(text: string, entities: Iterable<string>, previous: string): number {
  const from = Math.max(0, text.length - MAX_PENDING)
  let start = Math.min(partialCodeStart(text), partialOpenStart(text))
  for (let at = nameTail(text, from); at <= text.length; at++) {
    const open = openBefore(text, at)
    if (open > 0) {
      start = Math.min(start, at - open)
      break
    }
  }
  for (const entity of entities) {
    const letters = lettersOf(entity)
    for (let at = from; at < start; at++) {
      if (!isLetterAt(text, at, letters, 0) || isWordCharacter(at === 0 ? previous : (text[at - 1] ?? ''))) continue
      if (canGrow(text, at, letters)) start = at
    }
  }
  // An escape belongs to what follows, and a second bracket to the first.
  while (start > from && (text[start - 1] === '\\' || openBefore(text, start) > 0)) {
    start -= text[start - 1] === '\\' ? 1 : openBefore(text, start)
  }
  return start
}

/** Start of the type name before a code, read backwards: `EMAIL_ADDRESS_`, `Email address: `, `e-mail\_address\_`. */
function typeBefore(text: string, codeStart: number, letters: string, previous: string): number | undefined {
  let at = codeStart
  for (let letter = letters.length - 1; letter >= 0; letter--) {
    at = skipSeparatorsBefore(text, at)
    const isNext = at > 0 && codeStart - at < MAX_NAME && isLetterAt(text, at - 1, letters, letter)
    if (!isNext) return undefined
    at--
  }
  return isWordCharacter(at === 0 ? previous : (text[at - 1] ?? '')) ? undefined : at
}

/** Start of something in brackets that stands where the type name stood; a separator must join it to the code. */
function foreignNameBefore(text: string, codeStart: number): number | undefined {
  if (!SEPARATOR.test(text[codeStart - 1] ?? '')) return undefined
  for (let at = codeStart - 1; at >= 0 && codeStart - at <= MAX_FOREIGN_NAME; at--) {
    if (!FOREIGN_NAME.test(text[at] ?? '') && !isSurrogate(text[at] ?? '')) return undefined
    if (openBefore(text, at) > 0) return at
  }
  return undefined
}

/** Starts of up to two brackets before the name, innermost first, each with the escape before it. */
function opensBefore(text: string, nameStart: number): number[] {
  const starts: number[] = []
  let at = nameStart
  while (starts.length < 2) {
    const blank = /\s{1,2}$/.exec(text.slice(Math.max(0, at - 2), at))?.[0].length ?? 0
    const length = openBefore(text, at - blank)
    if (length === 0) break
    at -= blank + length
    if (text[at - 1] === '\\') at--
    starts.push(at)
  }
  return starts
}

/** Ends of up to `count` closing brackets after the code; undefined when more text is needed. */
function closesAt(text: string, codeEnd: number, count: number, end: boolean): number[] | undefined {
  const ends: number[] = []
  let at = codeEnd
  while (ends.length < count) {
    let next = at
    while (next - at < MAX_SEPARATORS && /[\s\\]/.test(text[next] ?? '')) next++
    if (next >= text.length && !end) return undefined
    const length = closeAt(text, next, end)
    if (length === undefined) return undefined
    if (length === 0) return ends
    at = next + length
    ends.push(at)
  }
  // Whether a link follows.
  return at >= text.length && !end ? undefined : ends
}

/** True when the text from here to its end may be the beginning of a type name, separators and a code. */
function canGrow(text: string, from: number, letters: string): boolean {
  let letter = 0
  let separators = 0
  for (let at = from; at < text.length; at++) {
    const isSeparator = SEPARATOR.test(text[at] ?? '')
    if (isSeparator && ++separators > MAX_SEPARATORS) return false
    if (isSeparator) continue
    separators = 0
    if (letter === letters.length) return partialCodeStart(text) <= at
    if (!isLetterAt(text, at, letters, letter++)) return false
  }
  return true
}

/** Start of the tail that a bracket and what may stand in it could make up. */
function nameTail(text: string, from: number): number {
  let at = text.length
  while (at > from) {
    const character = text[at - 1] ?? ''
    const isPart = FOREIGN_NAME.test(character) || isSurrogate(character) || /[&;%]/.test(character)
    if (!isPart && openBefore(text, at) === 0) break
    at--
  }
  return at
}

function skipSeparatorsBefore(text: string, from: number): number {
  let at = from
  while (at > 0 && from - at < MAX_SEPARATORS && SEPARATOR.test(text[at - 1] ?? '')) at--
  return at
}

function isLetterAt(text: string, at: number, letters: string, letter: number): boolean {
  return (text[at] ?? '').toUpperCase() === letters[letter]
}

function lettersOf(entity: string): string {
  return entity.toUpperCase().replace(/[^A-Z]/g, '')
}

function isWordCharacter(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character)
}

function isSurrogate(character: string): boolean {
  return /[\ud800-\udfff]/.test(character)
}
