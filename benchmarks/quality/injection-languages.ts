/**
 * Languages and encodings: generated attacks and harmless texts of wordings held out of training, at least 500 of each
 * per language and per encoding, by the shipped guard (rules and model) at the review threshold.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-languages.ts [--data ../shared/data] [--rows 500] [--json FILE]
 *
 * A quarter of the templates and payloads of each language is held out, so wordings repeat within a language: intervals
 * are Wilson's over rows and too narrow for "any attack in this language". The rules were written in the knowledge of
 * such wordings. Documents around injected sentences come from the data and were seen in training in part.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { assembleCorpus } from '../../training/assemble.ts'
import type { LabelledText } from '../../training/corpus.ts'
import { ENCODINGS, LATIN_ONLY } from '../../training/encodings.ts'
import { CORPUS_SETTINGS } from '../../training/settings.ts'
import { type Head, injectionScore, modelMatches, scoreOf, shareWithInterval, THRESHOLDS } from './injection-score.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    rows: { type: 'string', default: '500' },
    json: { type: 'string' },
  },
})
const least = Number(values.rows)
// Each round makes one plain and one encoded request of either label, and a document with its twin.
const rounds = Math.ceil(least * 4)
const { heldOut } = assembleCorpus({
  ...CORPUS_SETTINGS,
  data: values.data,
  withUnclearLicence: true,
  rounds,
  onlyHeldOut: true,
})

interface Row {
  readonly by: string
  readonly value: string
  readonly head: Head
  readonly attacks: number
  readonly found: string
  readonly 'found by the model': string
  readonly harmless: number
  readonly flagged: string
}

function measure(by: string, value: string, head: Head, texts: readonly LabelledText[]): Row {
  const { review } = THRESHOLDS[head]
  const part = (attack: boolean): readonly LabelledText[] =>
    texts.filter((text) => text.attack === attack).slice(0, least)
  const reach = (list: readonly LabelledText[], score: (text: string) => number): string =>
    shareWithInterval(list.filter(({ text }) => score(text) >= review).length, list.length)
  const [attacks, harmless] = [part(true), part(false)]
  const both = (text: string): number => injectionScore(text, head)
  return {
    by,
    value,
    head,
    attacks: attacks.length,
    found: reach(attacks, both),
    'found by the model': reach(attacks, (text) => scoreOf(modelMatches(text, head), head)),
    harmless: harmless.length,
    flagged: reach(harmless, both),
  }
}

const plain = heldOut.filter(({ encoding }) => encoding === undefined)
const rows: Row[] = []
for (const head of ['user', 'document'] as const) {
  for (const lang of new Set(plain.map((text) => text.lang))) {
    const own = plain.filter((text) => text.lang === lang && text.heads.includes(head) && text.kind !== 'mention')
    // A bare request inside a document is measured apart: its words are harmless in any language.
    rows.push(
      measure(
        'language',
        lang,
        head,
        own.filter(({ kind }) => kind !== 'document-bare'),
      ),
    )
  }
}
const english = plain.filter(({ lang, heads, kind }) => lang === 'en' && heads.includes('user') && kind !== 'mention')
for (const name of Object.keys(ENCODINGS)) {
  const encoded = english
    .filter(({ kind }) => kind.startsWith('user-'))
    .map((text) => ({ ...text, text: ENCODINGS[name]?.(text.text) ?? text.text }))
  rows.push(measure('encoding of English', `${name}${LATIN_ONLY.has(name) ? '' : ' (any script)'}`, 'user', encoded))
}
console.table(rows)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
