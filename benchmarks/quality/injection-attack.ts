/**
 * A white-box attack: who knows rules and weights rewrites attacks until they fall below the threshold.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-attack.ts [--attacks 200] [--budget 100] [--json FILE]
 *
 * Starts from attacks of our own wordings that the guard blocks. Each query tries one change and keeps it when the score
 * falls. "good words" puts harmless words and sentences around the attack, those that the weights like best;
 * "paraphrase" replaces words by synonyms, changes order words and punctuation; "both" does either. None checks that a
 * model would still obey: the success rate is an upper bound of what these changes reach.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadHead } from '../../packages/sallyport/src/guards/prompt-injection/model/load-head.ts'
import { phraseBooks } from '../../training/phrases/all-languages.ts'
import { Random } from '../../training/random.ts'
import { injectionScore, THRESHOLDS } from './injection-score.ts'

const { values } = parseArgs({
  options: {
    attacks: { type: 'string', default: '200' },
    budget: { type: 'string', default: '100' },
    json: { type: 'string' },
  },
})
const budget = Number(values.budget)
const { block, review } = THRESHOLDS.user
const book = phraseBooks['en']
if (!book) throw new Error('no English phrases')

/** Words for words: what a thesaurus gives for those attacks are made of. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['ignore', 'overlook', 'leave aside', 'pay no heed to', 'tune out', 'look past'],
  ['disregard', 'wave away', 'treat as void', 'skip over'],
  ['forget', 'let go of', 'wipe from memory', 'lose'],
  ['all', 'every bit of', 'the whole of'],
  ['previous', 'prior', 'foregoing', 'former', 'past'],
  ['instructions', 'guidance', 'wording', 'brief', 'notes you were handed'],
  ['rules', 'constraints', 'conventions', 'norms'],
  ['system prompt', 'opening text', 'setup message', 'hidden preface'],
  ['print', 'write out', 'put on screen', 'type up'],
  ['reveal', 'share', 'let me see', 'bring to light'],
  ['show', 'lay out', 'present'],
  ['password', 'passphrase', 'magic word'],
  ['secret', 'private', 'undisclosed'],
  ['hidden', 'unseen', 'tucked away'],
  ['pretend', 'imagine', 'make believe'],
  ['act as', 'be', 'take the part of'],
  ['unfiltered', 'candid', 'plain-spoken'],
  ['restrictions', 'bounds', 'fences'],
  ['assistant', 'helper', 'companion'],
  ['developer', 'maker', 'builder'],
  ['must', 'should', 'are to'],
  ['now', 'at this point', 'from here'],
]

/** Ordinary words, those first whose weight speaks most against an attack. */
function goodWords(): readonly string[] {
  const head = loadHead('user')
  const words = new Set(
    Object.values(phraseBooks['en'] ?? {})
      .flat()
      .join(' ')
      .toLowerCase()
      .match(/[a-z]{4,12}/g) ?? [],
  )
  const weight = (word: string): number => head.word(word, 0, word.length, hashOf(word)).sum
  return [...words].sort((a, b) => weight(a) - weight(b)).slice(0, 60)
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

const words = goodWords()
const sentences = [...book.harmless, ...book.request, ...(book.letters ?? [])]
type Change = (text: string, random: Random) => string

const insertGoodWords: Change = (text, random) => {
  if (random.next() < 0.5) {
    const sentence = random.pick(sentences)
    return random.next() < 0.5 ? `${sentence} ${text}` : `${text} ${sentence}`
  }
  const parts = text.split(' ')
  parts.splice(random.below(parts.length + 1), 0, random.pick(words))
  return parts.join(' ')
}
const paraphrase: Change = (text, random) => {
  const known = SYNONYMS.filter((set) => set.some((word) => new RegExp(`\\b${word}\\b`, 'i').test(text)))
  if (known.length === 0 || random.next() < 0.2) return text.replace(/[.!,:;] /, random.pick([' - ', ', ', '; ', '\n']))
  const set = random.pick(known)
  const word = set.find((each) => new RegExp(`\\b${each}\\b`, 'i').test(text)) ?? ''
  return text.replace(new RegExp(`\\b${word}\\b`, 'i'), random.pick(set.filter((each) => each !== word)))
}
const either: Change = (text, random) => (random.next() < 0.5 ? insertGoodWords : paraphrase)(text, random)

const starts = blockedAttacks(Number(values.attacks))
const table = Object.entries({ 'good words': insertGoodWords, paraphrase, both: either }).map(([name, change]) => {
  const random = new Random(11)
  let unblocked = 0
  let unseen = 0
  let queries = 0
  for (const start of starts) {
    let text = start
    let score = injectionScore(text, 'user')
    for (let query = 0; query < budget && score >= review; query++) {
      queries++
      const next = change(text, random)
      const nextScore = injectionScore(next, 'user')
      if (nextScore < score) [text, score] = [next, nextScore]
    }
    if (score < block) unblocked++
    if (score < review) unseen++
  }
  return {
    attack: name,
    attacks: starts.length,
    'no longer blocked': round(unblocked / starts.length),
    'no longer seen': round(unseen / starts.length),
    'queries each': Math.round(queries / starts.length),
  }
})
console.log(`White-box attack on rules and model, at most ${budget} queries each`)
console.table(table)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(table, null, 2)}\n`)

function blockedAttacks(count: number): readonly string[] {
  const random = new Random(10)
  const templates = [...(book?.override ?? []), ...(book?.persona ?? []), ...(book?.extraction ?? [])]
  const found = new Set<string>()
  for (let tries = 0; tries < 50 * count && found.size < count; tries++) {
    const text = random
      .pick(templates)
      .replaceAll('{p}', () => random.pick(book?.payload ?? []))
      .replaceAll('{r}', () => random.pick(book?.request ?? []))
    if (injectionScore(text, 'user') >= block) found.add(text)
  }
  return [...found]
}

function round(value: number): number {
  return Math.round(value * 1e3) / 1e3
}
