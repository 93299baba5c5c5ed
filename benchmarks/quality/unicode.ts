/*
 * What the `unicode` guard finds in smuggled text, and what it changes in honest text.
 * Usage: npx tsx benchmarks/quality/unicode.ts [data folder]
 */
import { join } from 'node:path'
import { cleanText, unicode } from '../../packages/sallyport/src/guards/unicode/index.ts'
import { dataFolder, readBenignSets, readRows } from './read-rows.ts'

interface SmugglingRow {
  readonly text: string
  readonly smuggled: boolean
  readonly technique: string
  readonly expected_clean?: string
}

const folder = dataFolder()
const options = unicode.options.parse({})
const codesIn = (text: string): string[] => {
  const scan = unicode.open?.(options, { stage: 'input', origin: 'user' })
  return (scan?.push(text, true) ?? []).map((match) => match.code)
}

const rows = readRows<SmugglingRow>(join(folder, 'security/unicode_smuggling.jsonl.gz'))
const attacks = rows.filter((row) => row.smuggled)
const honest = rows.filter((row) => !row.smuggled)
const found = attacks.filter((row) => codesIn(row.text).length > 0)
const altered = honest.filter((row) => cleanText(row.text).text !== row.text)
const withClean = rows.filter((row) => row.expected_clean !== undefined)
const equal = withClean.filter((row) => cleanText(row.text).text === row.expected_clean)
const share = (part: number, whole: number): string => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`

console.log('unicode_smuggling')
console.log(`  attacks found            ${share(found.length, attacks.length)}`)
console.log(`  honest rows altered      ${share(altered.length, honest.length)}`)
console.log(`  equal to expected_clean  ${share(equal.length, withClean.length)}`)
if (process.argv.includes('--misses')) {
  for (const row of attacks.filter((row) => !found.includes(row)))
    console.log('  missed', row.technique, JSON.stringify(row.text).slice(0, 300))
  for (const row of altered)
    console.log('  altered', row.technique, codesIn(row.text), JSON.stringify(row.text).slice(0, 300))
  for (const row of withClean.filter((row) => !equal.includes(row)))
    console.log(
      '  not equal',
      row.technique,
      JSON.stringify(cleanText(row.text).text),
      JSON.stringify(row.expected_clean),
    )
}

console.log('\nbenign set                       rows   unchanged  monitored  codes')
let total = 0
let unchangedTotal = 0
for (const set of readBenignSets(folder)) {
  const codes = new Map<string, number>()
  let unchanged = 0
  let monitored = 0
  for (const text of set.texts) {
    const isUnchanged = cleanText(text).text === text
    const all = codesIn(text)
    if (isUnchanged) unchanged += 1
    if (isUnchanged && all.length > 0) monitored += 1
    for (const code of new Set(all)) codes.set(code, (codes.get(code) ?? 0) + 1)
    if (!isUnchanged && process.argv.includes('--misses')) console.log(`  ${set.name}`, all.slice(0, 8).join(' '))
  }
  total += set.texts.length
  unchangedTotal += unchanged
  const listed = Array.from(codes, ([code, count]) => `${code} ${count}`).join(', ')
  console.log(
    `${set.name.padEnd(30)} ${String(set.texts.length).padStart(6)} ${((100 * unchanged) / set.texts.length).toFixed(2).padStart(9)} % ${String(monitored).padStart(8)}  ${listed}`,
  )
}
console.log(
  `${'all'.padEnd(30)} ${String(total).padStart(6)} ${((100 * unchangedTotal) / total).toFixed(2).padStart(9)} %`,
)
