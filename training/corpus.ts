import type { Head } from './trainer.ts'
import type { SourceRow } from './read-rows.ts'

/** Sets whose attacks are copies of each other, by shared 12-grams of words, or of one making. They are left out together. */
const FAMILIES: Readonly<Record<string, string>> = {
  garak: 'jailbreakchat',
  gptfuzzer_templates: 'jailbreakchat',
  self_reminder: 'jailbreakchat',
  chatgpt_dan: 'jailbreakchat',
  danstats_prompts: 'jailbreakchat',
  jailbreakhub_2023_12_25: 'jailbreakchat',
  malignant_raw: 'jailbreakchat',
  langgpt_jailbreaks: 'jailbreakchat',
  neuralchemy: 'neuralchemy',
  hackaprompt_solutions: 'neuralchemy',
}

/** Families are left out in these groups, which is stricter than one at a time and costs less. */
const FOLDS: Readonly<Record<string, number>> = {
  jailbreakchat: 0,
  hackat104_misc: 1,
  neuralchemy: 1,
  deepset_prompt_injections: 2,
  aliakarma_synth: 2,
  promptfuzz: 2,
  derived_obfuscated: 2,
  bipia: 3,
  spikee: 3,
  hinglish: 3,
  pree2111_synth: 3,
}
export const FOLD_COUNT = 5

export interface LabelledText {
  readonly text: string
  readonly attack: boolean
  readonly heads: readonly Head[]
  readonly family: string
  readonly fold: number
  readonly lang: string
  readonly kind: string
  readonly weight: number
  readonly encoding?: string
  readonly span?: { readonly start: number; readonly end: number }
  readonly generated?: boolean
}

export function familyOf(file: string): string {
  return FAMILIES[file] ?? file
}

/** The group of families that an attack is left out with. */
export function foldOfFamily(family: string): number {
  return FOLDS[family] ?? FOLD_COUNT - 1
}

/** Attacks are left out by family; harmless rows are held out by where they came from, a fifth with each fold. */
function foldOf(row: SourceRow, family: string): number {
  if (row.label === 'malicious') return foldOfFamily(family)
  // Sets of one file say nothing about where a row came from.
  const isWhole = /[.](?:jsonl?|csv|tsv|parquet|txt)$/.test(row.source ?? '') && !/docs_|local_/.test(row.file)
  return checksum(isWhole ? row.text : (row.source ?? row.text)) % FOLD_COUNT
}

function checksum(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

const DOCUMENT_KIND =
  /document|agent_instructions|structured|_code$|benign_code|security_or_prompting|multilingual|message|chitchat|dialogue|model_output/
const INDIRECT_KIND = /^indirect/

/** Which readings a row says something about; a bare request says nothing about documents. */
function headsOf(row: SourceRow): readonly Head[] {
  if (row.label === 'malicious') return INDIRECT_KIND.test(row.kind) ? ['document'] : ['user', 'document']
  if (row.kind === 'benign_prompt_code') return ['user']
  return DOCUMENT_KIND.test(row.kind) ? ['user', 'document'] : ['user']
}

/**
 * Sets that say of themselves that attacks stand among their harmless rows. Such rows are dropped, not relabelled.
 */
const NOISY = new Set(['riddhi_synth', 'promptfuzz', 'neuralchemy', 'hackat104_misc', 'malignant_raw'])
const OBVIOUS_ATTACK =
  /(ignor|disregard|forget|bypass|override|without|dismiss|suspend|no |not bound|unrestricted|free from|break).{0,40}(instruct|directive|safety|rule|restrict|guideline|polic|filter|prompt)|unrestricted|uncensored|unfiltered|jailbreak|access granted|pass ?phrase|access code|password|secret|security code|pwned/i

function isMislabelled(row: SourceRow): boolean {
  return row.label === 'benign' && NOISY.has(row.file) && OBVIOUS_ATTACK.test(row.text)
}

/**
 * The part of a document that is not in any harmless row: what was injected. Documents and their attacked copies stand in
 * the same sets, and without this the model would learn the documents.
 */
function injectedSpan(row: SourceRow, harmless: ReadonlySet<string>): LabelledText['span'] {
  if (!INDIRECT_KIND.test(row.kind)) return undefined
  let start = -1
  let end = -1
  let known = 0
  for (const { at, sentence } of sentencesOf(row.text)) {
    if (harmless.has(sentence)) known++
    else {
      if (start < 0) start = at
      end = at + sentence.length
    }
  }
  return known === 0 || start < 0 || end - start > 0.7 * row.text.length ? undefined : { start, end }
}

function spanField(span: LabelledText['span']): Pick<LabelledText, 'span'> {
  return span === undefined ? {} : { span }
}

function* sentencesOf(text: string): Generator<{ readonly at: number; readonly sentence: string }> {
  for (const match of text.matchAll(/[^.!?\n]{3,}[.!?]?/g)) {
    const sentence = match[0].trim()
    if (sentence.length > 3) yield { at: match.index + match[0].indexOf(sentence), sentence }
  }
}

const HARD_KIND = /roleplay|hard_benign|security|prompting_doc|obfuscated_benign/

/** Rows with a usable label. Short texts carry no pattern, and exact repeats count once. */
export function labelled(rows: readonly SourceRow[]): LabelledText[] {
  const seen = new Set<string>()
  const result: LabelledText[] = []
  const harmless = new Set<string>()
  for (const row of rows) {
    if (row.label !== 'benign' || !/document/.test(row.kind)) continue
    for (const { sentence } of sentencesOf(row.text)) harmless.add(sentence)
  }
  for (const row of rows) {
    if (row.label === 'unlabelled' || isMislabelled(row)) continue
    const key = row.text.toLowerCase().replace(/\s+/g, ' ').trim()
    if (key.length < 8 || seen.has(key)) continue
    seen.add(key)
    const family = familyOf(row.file)
    const attack = row.label === 'malicious'
    result.push({
      text: row.text,
      attack,
      heads: headsOf(row),
      family,
      fold: foldOf(row, family),
      lang: row.lang,
      kind: row.kind,
      weight: !attack && HARD_KIND.test(row.kind) ? 2 : 1,
      ...(attack && spanField(injectedSpan(row, harmless))),
      ...(row.encoding !== undefined && { encoding: row.encoding }),
    })
  }
  return result
}
