import type { ConversationText } from '../../guard/guard.ts'
import { type CarriedData, fieldsOf, isPictureUrl, isSearchName, SEGMENT } from '../../sinks/markdown/carried-data.ts'
import { skeleton } from '../../text/fold.ts'
import { openDecoder } from '../../text/open-decoder.ts'
import { type CopyIndex, indexCopies } from '../prompt-leak/copy-index.ts'
import { CopyScan } from '../prompt-leak/copy-scan.ts'
import { readLetters } from '../prompt-leak/view-letters.ts'

/** Letters in a row that a URL and the conversation must share. */
const GRAM = 16
/** Whole words within them, so that ids and numbers, which links are made of, are no evidence. */
const MINIMUM_WORDS = 3
/** Characters of the conversation that are compared, system texts first, then from the newest on. */
const MAX_CHARACTERS = 200_000

/** Tells what of a conversation a URL repeats; undefined for a URL that the conversation itself holds. */
export type KnownData = (url: URL, raw: string) => CarriedData | undefined

const prepared = new WeakMap<ConversationText, KnownData>()

/** Compares URLs with a conversation. Its texts are prepared once, and only when a URL has enough letters to compare. */
export function knownData(conversation: ConversationText): KnownData {
  let known = prepared.get(conversation)
  if (known === undefined) prepared.set(conversation, (known = compareWith(conversation)))
  return known
}

function compareWith({ system, written = [], said = [], read = [] }: ConversationText): KnownData {
  const texts = newest(system, [...read, ...said, ...written])
  let index: CopyIndex | undefined
  const open = (): CopyIndex => (index ??= indexCopies(texts, GRAM))
  return (url, raw) => {
    const fields = fieldsOf(url)
    if (fields.reduce((sum, { value }) => sum + value.length, 0) + url.hostname.length < GRAM) return undefined
    // A link that a document or person gave is passed on, not made up.
    if (texts.some((text) => text.includes(raw) || text.includes(url.href))) return undefined
    const isPicture = isPictureUrl(url)
    const loose: string[] = [url.hostname.split('.').slice(0, -2).join('')]
    const searched: string[] = []
    for (const { name, value } of fields) {
      if (/^https?:/i.test(value) && texts.some((text) => text.includes(value))) continue
      // A title in a path is what a page is called, unless its blanks were kept.
      if (name === SEGMENT && !/\s/.test(value)) continue
      ;(isSearchName(name) && !isPicture ? searched : loose).push(value)
    }
    const encoded = openDecoder()
      .push(fields.map(({ value }) => value).join(' '), true)
      .map((segment) => segment.text)
    const found = strongest(open(), [...loose, loose.join(''), ...encoded])
    const inSearch = strongest(open(), searched)
    if (found === undefined && inSearch === undefined) return undefined
    const isSystem = [found, inSearch].some((text) => text !== undefined && text < system.length)
    const confidence = isSystem ? 0.95 : found === undefined ? 0.45 : 0.85
    return { code: 'url-conversation-data', confidence }
  }
}

/** The first text of the index that one of the values repeats. */
function strongest(index: CopyIndex, values: readonly string[]): number | undefined {
  let first: number | undefined
  const scan = (): CopyScan =>
    new CopyScan({
      index,
      known: index.isCommon,
      reach: GRAM,
      onPassage: ({ words }) => {
        const whole = [...words].filter((word) => isWord(index, word))
        if (whole.length < MINIMUM_WORDS) return
        for (const word of whole) first = Math.min(first ?? Infinity, index.words[word]?.text ?? Infinity)
      },
    })
  for (const value of values) {
    if (value.length < GRAM / 2) continue
    const letters = skeleton(value)
    for (const reading of [letters, rotate13(letters), [...letters].reverse().join('')]) readLetters(reading, [scan()])
  }
  return first
}

/** ROT13 needs no words to be recognised by: the conversation tells. */
function rotate13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    return String.fromCharCode((code & 0x1f) > 13 ? code - 13 : code + 13)
  })
}

/** Letters only: parts of ids and numbers are no words. */
function isWord(index: CopyIndex, word: number): boolean {
  const range = index.words[word]
  if (range === undefined || range.last === range.first) return false
  for (let at = range.first; at <= range.last; at++) {
    if (/\p{N}/u.test(String.fromCodePoint(index.letters[at] ?? 0))) return false
  }
  return true
}

function newest(system: readonly string[], others: readonly string[]): readonly string[] {
  let left = MAX_CHARACTERS
  const take = (text: string): string => {
    const kept = text.slice(0, Math.max(0, left))
    left -= kept.length
    return kept
  }
  return [...system.map(take), ...others.toReversed().map(take)]
}
