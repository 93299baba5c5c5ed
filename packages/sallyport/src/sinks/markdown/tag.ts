import { skipBlanks } from './destination.ts'
import { decodeEntities } from './entities.ts'

export interface TagAttribute {
  /** Lower case. */
  readonly name: string
  /** Entities decoded. */
  readonly value: string
  /** Where the value stands, without its quotes. */
  readonly start: number
  readonly end: number
}

export interface Tag {
  readonly name: string
  readonly isEnd: boolean
  readonly attributes: readonly TagAttribute[]
  /** Index after `>`, or where reading stopped. */
  readonly end: number
  /** False when a blank line, the end or the limit came before `>`. */
  readonly isClosed: boolean
  /** True when reading stopped at a limit: what else the tag holds is not known. */
  readonly isCut: boolean
  /** Whether CommonMark may take it for a tag within a paragraph (6.6). */
  readonly isStrict: boolean
}

/** Longest tag read; a longer one counts as not closed. */
const LIMIT = 1500
const MAX_ATTRIBUTES = 40

/**
 * Reads a tag at `<` the way the HTML tokenizer does (WHATWG 13.2.5), which takes in more than CommonMark's grammar.
 * Returns `none` for a `<` that opens no tag and `more` while the text is too short to tell.
 */
export function readTag(text: string, open: number, end: boolean): Tag | 'none' | 'more' {
  const limit = Math.min(text.length, open + LIMIT)
  const isFinal = end || text.length > open + LIMIT
  let index = open + 1
  const isEnd = text[index] === '/'
  if (isEnd) index++
  if (index >= limit) return isFinal ? 'none' : 'more'
  if (!/[A-Za-z]/.test(text[index] ?? '')) return 'none'
  const nameStart = index
  while (index < limit && !/[\s/>]/.test(text[index] ?? '')) index++
  const name = text
    .slice(nameStart, index)
    .replace(/[\0-\x1f\x7f]/g, '')
    .toLowerCase()
  let isStrict = /^[a-z][a-z0-9-]*$/.test(name)
  const attributes: TagAttribute[] = []
  const seen = new Set<string>()
  let count = 0
  for (;;) {
    const gap = index
    do index = skipBlanks(text, index, limit)
    while (text[index] === '/' && index++ < limit)
    const between = text.slice(gap, index)
    const atEnd = text[index] === '>'
    if (/\n[ \t\r>]*\n/.test(between)) return finish(gap, false)
    // In a block quote the mark is not part of the tag; elsewhere it ends the tag. What follows counts either way.
    if (between.includes('>')) isStrict = false
    if (index >= limit) break
    if (between.includes('/') && !(atEnd && /^\s*\/$/.test(between) && !isEnd)) isStrict = false
    if (atEnd) return finish(index + 1, true)
    if (isEnd) isStrict = false
    if (count++ >= MAX_ATTRIBUTES) return finish(index, false, true)
    const attribute = readAttribute(text, index, limit)
    if (attribute === undefined) {
      index = limit
      break
    }
    if (!attribute.isStrict) isStrict = false
    index = attribute.next
    // Of attributes with one name the first counts.
    if (!seen.has(attribute.name)) attributes.push(attribute)
    seen.add(attribute.name)
    if (/\n[ \t\r]*\n/.test(text.slice(attribute.start, attribute.end))) return finish(index, false)
  }
  return isFinal ? finish(index, false, text.length > open + LIMIT) : 'more'

  function finish(at: number, isClosed: boolean, isCut = false): Tag {
    return { name, isEnd, attributes, end: at, isClosed, isCut, isStrict }
  }
}

interface ReadAttribute extends TagAttribute {
  readonly next: number
  readonly isStrict: boolean
}

/** Undefined when the attribute does not end before `limit`. */
function readAttribute(text: string, start: number, limit: number): ReadAttribute | undefined {
  let index = start + 1
  while (index < limit && !/[\s/>=]/.test(text[index] ?? '')) index++
  if (index >= limit) return undefined
  const name = text.slice(start, index).toLowerCase()
  let isStrict = /^[a-z_:][a-z0-9_.:-]*$/.test(name)
  const afterName = index
  index = skipBlanks(text, index, limit)
  if (index >= limit) return undefined
  if (text[index] !== '=') return { name, value: '', start: afterName, end: afterName, next: afterName, isStrict }
  index++
  index = skipBlanks(text, index, limit)
  const quote = text[index] ?? ''
  const isQuoted = quote === '"' || quote === "'"
  const valueStart = isQuoted ? index + 1 : index
  const rest = text.slice(valueStart, limit)
  const length = isQuoted ? rest.indexOf(quote) : rest.search(/[\s>]/)
  if (length < 0) return undefined
  index = valueStart + length
  const raw = rest.slice(0, length)
  if (!isQuoted && (raw === '' || /["'=<`]/.test(raw))) isStrict = false
  const next = isQuoted ? index + 1 : index
  // CommonMark wants a blank between attributes, the HTML tokenizer does not.
  if (isQuoted && !/[\s/>]/.test(text[next] ?? ' ')) isStrict = false
  return {
    name,
    value: decodeEntities(raw.replace(/\n[ \t]*>[ \t>]*/g, '\n')),
    start: valueStart,
    end: index,
    next,
    isStrict,
  }
}
