/**
 * Variants of attacks: written in look-alikes, spelled out or encoded by encoders that share no code with our decoders.
 * The attacks are rows of the labelled sets, none of them a case of the rules. Printed is how many of those found in
 * plain form are found in each variant as well, and how many harmless texts are refused in it.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/variants.ts [DATA]
 */
import { createShield } from 'sallyport'
import { ENCODINGS, LATIN_ONLY } from '../../training/encodings.ts'
import { dataFolder, readBenignSets, readRows } from './read-rows.ts'

const MAX_ROWS = 60
const shield = createShield()
const blocks = async (text: string): Promise<boolean> => (await shield.check({ text })).outcome === 'block'

const folder = dataFolder()
const isLatin = (text: string): boolean => /^[\u0020-\u024f\s]*$/.test(text)
const inRange = (text: string): boolean => text.length >= 30 && text.length <= 400

const attacks: string[] = []
for (const name of [
  'deepset_prompt_injections',
  'garak',
  'promptfuzz',
  'gptfuzzer_templates',
  'fuzzyai',
  'arcanum_taxonomy',
]) {
  const rows = readRows<{ text: string; label: string }>(`${folder}/injection/train/${name}.jsonl.gz`)
  const plain = rows.filter(({ text, label }) => label !== 'benign' && inRange(text) && isLatin(text))
  for (const { text } of sampled(plain, MAX_ROWS)) if (await blocks(text)) attacks.push(text)
}
const benign = sampled(
  readBenignSets(folder).flatMap(({ texts }) =>
    sampled(
      texts.filter((text) => inRange(text) && isLatin(text)),
      10,
    ),
  ),
  400,
)
const refused = new Set<string>()
for (const text of benign) if (await blocks(text)) refused.add(text)

const table = []
let [found, tried] = [0, 0]
for (const [variant, encode] of Object.entries(ENCODINGS)) {
  let hits = 0
  for (const text of attacks) if (await blocks(encode(text))) hits++
  let alarms = 0
  for (const text of benign) if (!refused.has(text) && (await blocks(encode(text)))) alarms++
  found += hits
  tried += attacks.length
  table.push({
    variant: LATIN_ONLY.has(variant) ? `${variant} *` : variant,
    'found of those found plain': `${hits} of ${attacks.length} (${percent(hits / attacks.length)})`,
    'harmless refused only so': `${alarms} of ${benign.length - refused.size}`,
  })
}
console.table(table)
console.log(
  `all variants: ${percent(found / tried)} of ${attacks.length} attacks that are found plain; * for Latin letters only`,
)

/** Evenly spread rows, the same each time. */
function sampled<Row>(rows: readonly Row[], most: number): Row[] {
  const step = Math.max(1, Math.ceil(rows.length / most))
  return rows.filter((_, index) => index % step === 0)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
