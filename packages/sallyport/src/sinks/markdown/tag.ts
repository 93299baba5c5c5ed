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
  /** Whether CommonMark may take it for a tag within a paragraph (6.6). */
  readonly isStrict: boolean
}

/** Longest tag read; a longer one counts as not closed. */
const LIMIT = 1500

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
  for (;;) {
    const gap = index
    while (index < limit && /[\s/]/.test(text[index] ?? '')) index++
    const between = text.slice(gap, index)
    const atEnd = text[index] === '>'
    if (/\n[ \t\r]*\n/.test(between)) return finish(gap, false)
    if (index >= limit) break
    if (between.includes('/') && !(atEnd && /^\s*\/$/.test(between) && !isEnd)) isStrict = false
    if (atEnd) return finish(index + 1, true)
    if (isEnd) isStrict = false
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
  return isFinal ? finish(index, false) : 'more'

  function finish(at: number, isClosed: boolean): Tag {
    return { name, isEnd, attributes, end: at, isClosed, isStrict }
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
  while (index < limit && /\s/.test(text[index] ?? '')) index++
  if (index >= limit) return undefined
  if (text[index] !== '=') return { name, value: '', start: afterName, end: afterName, next: afterName, isStrict }
  index++
  while (index < limit && /\s/.test(text[index] ?? '')) index++
  const quote = text[index] ?? ''
  const isQuoted = quote === '"' || quote === "'"
  const valueStart = isQuoted ? index + 1 : index
  index = valueStart
  while (index < limit && (isQuoted ? text[index] !== quote : !/[\s>]/.test(text[index] ?? ''))) index++
  if (index >= limit) return undefined
  const raw = text.slice(valueStart, index)
  if (!isQuoted && (raw === '' || /["'=<`]/.test(raw))) isStrict = false
  const next = isQuoted ? index + 1 : index
  // CommonMark wants a blank between attributes, the HTML tokenizer does not.
  if (isQuoted && !/[\s/>]/.test(text[next] ?? ' ')) isStrict = false
  return { name, value: decodeEntities(raw), start: valueStart, end: index, next, isStrict }
}
