/** A bracket as a model may write it, longest spellings first. */
interface Bracket {
  readonly open: readonly string[]
  readonly close: readonly string[]
}

/** Lower case. Round brackets are missing on purpose: those belong to the sentence. */
const BRACKETS: readonly Bracket[] = [
  {
    open: ['&lbrack;', '&lsqb;', '&#x5b;', '&#91;', '%5b', '['],
    close: ['&rbrack;', '&rsqb;', '&#x5d;', '&#93;', '%5d', ']'],
  },
  { open: ['&lt;', '&#x3c;', '&#60;', '%3c', '<'], close: ['&gt;', '&#x3e;', '&#62;', '%3e', '>'] },
  { open: ['&lbrace;', '&lcub;', '&#123;', '%7b', '{'], close: ['&rbrace;', '&rcub;', '&#125;', '%7d', '}'] },
  {
    open: ['［', '【', '「', '『', '〈', '《', '〔', '＜', '｛', '⟨', '«', '‹'],
    close: ['］', '】', '」', '』', '〉', '》', '〕', '＞', '｝', '⟩', '»', '›'],
  },
]

const OPEN = BRACKETS.flatMap(({ open }) => open)
const OPEN_ENDS = new Set(OPEN.flatMap((open) => [open.at(-1) ?? '', (open.at(-1) ?? '').toUpperCase()]))
const CLOSE = BRACKETS.flatMap(({ close }) => close)
/** Characters of the longest spelling. */
export const LONGEST_BRACKET = 8

/** Length of the opening bracket that ends right before an offset; 0 when there is none. */
export function openBefore(text: string, end: number): number {
  if (!OPEN_ENDS.has(text[end - 1] ?? '')) return 0
  const before = text.slice(Math.max(0, end - LONGEST_BRACKET), end).toLowerCase()
  return OPEN.find((open) => before.endsWith(open))?.length ?? 0
}

/** Length of the closing bracket at an offset; undefined when more text is needed to say. */
export function closeAt(text: string, at: number, end: boolean): number | undefined {
  const after = text.slice(at, at + LONGEST_BRACKET).toLowerCase()
  const close = CLOSE.find((each) => after.startsWith(each))
  if (close !== undefined) return close.length
  return !end && CLOSE.some((each) => each.startsWith(after)) ? undefined : 0
}

/** Where the end of a text may be the beginning of an opening bracket (`&l`, `%5`, `\`); its length when it is none. */
export function partialOpenStart(text: string): number {
  for (let length = Math.min(LONGEST_BRACKET, text.length); length > 0; length--) {
    const tail = text.slice(-length).toLowerCase()
    if (tail === '\\' || OPEN.some((open) => open.length > length && open.startsWith(tail))) return text.length - length
  }
  return text.length
}
