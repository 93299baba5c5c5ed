import { familyOf, foldOfFamily, type LabelledText } from './corpus.ts'
import { insert, pickForm } from './document-forms.ts'
import type { Random } from './random.ts'
import type { SourceRow } from './read-rows.ts'

/** Rows that are an attack only inside a document: the sets leave them without a label. */
const BARE = new Set(['indirect_payload_bare', 'indirect_trigger'])

/**
 * Puts the bare payloads of the data sets into harmless documents, as attacks of the payload's family. They are trained
 * on and never measured on.
 */
export function composePayloads(
  rows: readonly SourceRow[],
  documents: readonly string[],
  requests: readonly string[],
  copies: number,
  random: Random,
): LabelledText[] {
  const bare = rows.filter(({ kind, text }) => BARE.has(kind) && text.length > 12)
  return bare.flatMap((row) =>
    Array.from({ length: copies }, () => {
      const order = row.kind === 'indirect_trigger' ? `${row.text} ${random.pick(requests)}` : row.text
      const document = random.pick(documents).slice(0, 300 + random.below(1_500))
      const { text, span } = pickForm(random)(insert(document, order, random.next()))
      const family = familyOf(row.file)
      return {
        text,
        span,
        attack: true,
        heads: ['document' as const],
        family,
        fold: foldOfFamily(family),
        lang: row.lang,
        kind: 'document-bare',
        weight: 1,
        generated: true,
      }
    }),
  )
}
