import type { Corpus } from './assemble.ts'
import { Random } from './random.ts'

export interface HiddenSentence {
  readonly clean: string
  readonly poisoned: string
  readonly span: { readonly start: number; readonly end: number }
}

/**
 * Documents of `length` characters, put together from harmless ones, and their twins with one sentence to a model somewhere
 * in them. Ordinary documents are articles, mails, code, logs, tables and chats; with agent instructions, half of them
 * are files that order an assistant about, as an attack does. The sentences are made of phrases held out of training, in all languages.
 */
export function hideSentences(
  corpus: Pick<Corpus, 'rows' | 'heldOut'>,
  length: number,
  count: number,
  carriers: 'ordinary' | 'agent-instructions',
): HiddenSentence[] {
  const random = new Random(99)
  const harmless = corpus.rows.filter(
    ({ attack, heads, kind }) =>
      !attack &&
      heads.includes('document') &&
      !kind.includes('security') &&
      (carriers === 'agent-instructions' || !kind.includes('agent_instructions')),
  )
  const sentences = corpus.heldOut
    .filter(({ kind, encoding }) => kind === 'document-injection' && encoding === undefined)
    .map(({ text, span }) => (span ? text.slice(span.start, span.end) : text))
  return Array.from({ length: count }, () => {
    let clean = ''
    while (clean.length < length) clean += `${random.pick(harmless).text}\n\n`
    clean = clean.slice(0, length)
    const gap = clean.indexOf('\n\n', random.below(length))
    const at = gap < 0 ? clean.length : gap + 2
    const sentence = random.pick(sentences)
    return {
      clean,
      poisoned: `${clean.slice(0, at)}${sentence}\n\n${clean.slice(at)}`,
      span: { start: at, end: at + sentence.length },
    }
  })
}
