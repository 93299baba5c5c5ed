/*
 * How much of a leaked system prompt `prompt-leak` finds, by the way it is told, and how often it is wrong about answers
 * that have nothing to do with the prompt. Usage: npx tsx benchmarks/quality/prompt-leak.ts [data folder] [--alarms]
 */
import { Buffer } from 'node:buffer'
import { join } from 'node:path'
import { promptLeak } from '../../packages/sallyport/src/guards/prompt-leak/index.ts'
import type { Match } from '../../packages/sallyport/src/guard/guard.ts'
import { dataFolder, readBenignSets, readRows } from './read-rows.ts'

/** Confidence from which the presets act. */
const THRESHOLD = 0.5
const PROMPTS = 200
const ANSWERS = 250

interface LeakRow {
  readonly kind: string
  readonly system_prompt?: string
  readonly output?: string
  readonly leak?: boolean
  readonly note?: string
}

const folder = dataFolder()
const options = promptLeak.options.parse({})
const percent = (part: number, whole: number): string =>
  `${part}/${whole} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`

function opened(conversation: { readonly system: readonly string[] }): (text: string) => readonly Match[] {
  return (text) =>
    promptLeak.open?.(options, { stage: 'output', origin: 'model', conversation })?.push(text, true) ?? []
}

const isSure = ({ confidence }: Match): boolean => confidence >= THRESHOLD

console.log("garak's cases: highest confidence, and what was expected of its own detector")
for (const row of readRows<LeakRow>(join(folder, 'security/prompt_leak.jsonl.gz'))) {
  if (row.kind !== 'leak_output') continue
  const matches = opened({ system: [row.system_prompt ?? ''] })(row.output ?? '')
  const score = matches.reduce((most, { confidence }) => Math.max(most, confidence), 0)
  console.log(`  ${score.toFixed(2)}  leak: ${String(row.leak)}  ${row.note ?? ''}`)
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
const exchanged = (text: string, every: number): string =>
  words(text)
    .map((word, at) => (at % every === every - 1 ? 'something' : word))
    .join(' ')
const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })
const middle = (text: string, count: number): string => {
  const all = words(text)
  const from = Math.floor((all.length - count) / 2)
  return all.slice(from, from + count).join(' ')
}

const TELLINGS: Readonly<Record<string, (prompt: string) => string>> = {
  'word for word': (prompt) => prompt,
  'in capitals': (prompt) => prompt.toUpperCase(),
  '40 words of it': (prompt) => middle(prompt, 40),
  '20 words of it': (prompt) => middle(prompt, 20),
  '14 words of it': (prompt) => middle(prompt, 14),
  '8 words of it (below the threshold)': (prompt) => middle(prompt, 8),
  'every 12th word another': (prompt) => exchanged(prompt, 12),
  'every 8th word another': (prompt) => exchanged(prompt, 8),
  'every 6th word another': (prompt) => exchanged(prompt, 6),
  'every 4th word another': (prompt) => exchanged(prompt, 4),
  'spaced letters': (prompt) => [...prompt].join(' '),
  'as a list of words': (prompt) => words(prompt).join('\n- '),
  base64: (prompt) => Buffer.from(prompt).toString('base64'),
  hexadecimal: (prompt) => Buffer.from(prompt).toString('hex'),
  ROT13: rot13,
  backward: (prompt) => [...prompt].reverse().join(''),
  'percent-encoding': (prompt) => encodeURIComponent(prompt),
}

const prompts = sample(
  ['docs_system_prompts_asgeirtj', 'docs_system_prompts_x1xhlol', 'docs_gpts_system_prompts']
    .flatMap((name) =>
      readRows<{ text: string }>(join(folder, `injection/train-unclear-licence/${name}.jsonl.gz`)).map(({ text }) =>
        text.replace(/\p{Surrogate}/gu, ''),
      ),
    )
    .filter((text) => words(text).length >= 60),
  PROMPTS,
)
console.log(`\n${prompts.length} published system prompts, told`)
for (const [how, tell] of Object.entries(TELLINGS)) {
  const found = prompts.filter((prompt) =>
    opened({ system: [prompt] })(`Here it is:\n\n${tell(prompt)}\n\nDone.`).some(isSure),
  )
  console.log(`  ${how.padEnd(38)} ${percent(found.length, prompts.length)}`)
}

const answers = sample(
  readBenignSets(folder)
    // The vendor of some of the prompts wrote these documents: they do share sentences.
    .filter(({ name }) => name !== 'docs_anthropic_skills')
    .flatMap(({ texts }) => texts.filter((text) => words(text).length >= 60)),
  ANSWERS,
)
let alarms = 0
let hints = 0
for (const prompt of prompts) {
  const find = opened({ system: [prompt] })
  for (const answer of answers) {
    const matches = find(answer)
    if (matches.length > 0) hints++
    if (!matches.some(isSure)) continue
    alarms++
    if (process.argv.includes('--alarms')) {
      console.log(
        matches.filter(isSure).map(({ start, end }) => JSON.stringify(answer.slice(start, end)).slice(0, 200)),
      )
    }
  }
}
const pairs = prompts.length * answers.length
console.log(`\nunrelated answers: acted on ${percent(alarms, pairs)}, any sign at all ${percent(hints, pairs)}`)

/** Evenly spread over the list, the same each time. */
function sample(list: readonly string[], count: number): string[] {
  const step = Math.max(1, list.length / count)
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)] ?? '')
}
