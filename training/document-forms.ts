import type { Random } from './random.ts'

export interface PlacedText {
  readonly text: string
  readonly span: { readonly start: number; readonly end: number }
}

interface Form {
  readonly before: string
  readonly after: string
  escape(text: string): string
}

const plain = (text: string): string => text
const json = (text: string): string => JSON.stringify(text).slice(1, -1)
const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>\n')
const commented = (mark: string) => (text: string) => text.replaceAll('\n', `\n${mark} `)

/** What documents and tool results come in: mail, JSON, HTML, comments of code, logs, tables. */
const FORMS: readonly Form[] = [
  {
    before: 'From: Ana Reis <ana@example.org>\nTo: office@example.org\nSubject: Update\n\n',
    after: '\n\nBest,\nAna',
    escape: plain,
  },
  { before: 'Subject: Re: your order\nDate: Tue, 3 Mar 2026 09:12:44 +0100\n\n> ', after: '', escape: plain },
  { before: '{"status": "ok", "results": [{"id": 4711, "title": "Notes", "body": "', after: '"}]}', escape: json },
  { before: '{"reviews": [{"stars": 4, "author": "kim", "text": "', after: '", "helpful": 12}]}', escape: json },
  { before: '<html><body><h1>Welcome</h1><p>', after: '</p><footer>© 2026</footer></body></html>', escape: html },
  { before: '<div class="post"><span>jo</span><p>', after: '</p></div>', escape: html },
  { before: '# ', after: '\ndef total(rows):\n    return sum(row.price for row in rows)\n', escape: commented('#') },
  { before: 'function add(a, b) { return a + b }\n// ', after: '\n', escape: commented('//') },
  {
    before: '[{"name": "create_event", "description": "',
    after: '", "parameters": {"type": "object"}}]',
    escape: json,
  },
  {
    before: 'id,name,comment\n1,Lee,fine\n2,Sam,"',
    after: '"\n3,Kai,none\n',
    escape: (text) => text.replaceAll('"', '""'),
  },
  {
    before: '| item | note |\n| --- | --- |\n| lamp | ',
    after: ' |\n| desk | new |\n',
    escape: (text) => text.replaceAll('\n', ' '),
  },
  {
    before: '2026-03-03 09:12:44 INFO request done\n2026-03-03 09:12:45 WARN ',
    after: '\n2026-03-03 09:12:46 INFO bye\n',
    escape: plain,
  },
]

/** Shares of documents that come as they are. */
const PLAIN_SHARE = 0.55

/** Picks a form for a document, or none; the same one is for the attacked copy and its harmless twin. */
export function pickForm(random: Random): (placed: PlacedText) => PlacedText {
  if (random.next() < PLAIN_SHARE) return (placed) => placed
  const { before, after, escape } = random.pick(FORMS)
  return ({ text, span }) => {
    const head = before + escape(text.slice(0, span.start))
    const middle = escape(text.slice(span.start, span.end))
    return {
      text: head + middle + escape(text.slice(span.end)) + after,
      span: { start: head.length, end: head.length + middle.length },
    }
  }
}

/** Puts a sentence between two sentences of a document, at its beginning or at its end. */
export function insert(document: string, sentence: string, place: number): PlacedText {
  const breaks = [
    0,
    ...Array.from(document.matchAll(/[.!?。！？।]\s|\n/g), (match) => match.index + match[0].length),
    document.length,
  ]
  const index = place < 0.2 ? 0 : place < 0.5 ? breaks.length - 1 : Math.floor(((place - 0.5) / 0.5) * breaks.length)
  const at = breaks[index] ?? document.length
  const before = document.slice(0, at)
  const gap = before === '' || /\s$/.test(before) ? '' : (place * 10) % 1 < 0.5 ? ' ' : '\n'
  const start = before.length + gap.length
  return { text: `${before}${gap}${sentence} ${document.slice(at)}`, span: { start, end: start + sentence.length } }
}
