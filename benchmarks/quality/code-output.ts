/*
 * How often `code-output` reports something in honest code and documents, by rule.
 * Usage: npx tsx benchmarks/quality/code-output.ts [data folder] [--alarms]
 */
import { codeOutput } from '../../packages/sallyport/src/guards/code-output/index.ts'
import { compileRules } from '../../packages/sallyport/src/compose/compile-rules.ts'
import { RuleScan } from '../../packages/sallyport/src/compose/rule-scan.ts'
import type { GuardDefinition } from '../../packages/sallyport/src/guard/guard.ts'
import { dataFolder, readBenignSets } from './read-rows.ts'

/** Confidence from which the presets act. */
const THRESHOLD = 0.5
/** Sets of code; the rest is prose, questions and structured data. */
const CODE = ['docs_code_python', 'docs_code_ts', 'cyberseceval_instruct_code']
const MEASURED = [
  ...CODE,
  'docs_readmes_mixed',
  'docs_anthropic_skills',
  'docs_awesome_copilot',
  'docs_cursorrules',
  'docs_wshobson_agents',
  'local_debian_docs',
  'docs_structured_json_yaml',
  'git_commit_messages',
  'gpteacher',
  'xquad',
  'gsm8k',
]

const folder = dataFolder()
const rules = codeOutput.rules?.(codeOutput.options.parse({})) ?? []
const set = compileRules([{ guard: codeOutput as GuardDefinition, rules, holds: () => false }], 'output', 'model')
const find = (text: string): { readonly code: string; readonly start: number; readonly end: number }[] =>
  Array.from(new RuleScan(set).push(text, true))
    .filter(({ confidence }) => confidence >= THRESHOLD)
    .map(({ rule, start, end }) => ({ code: rule.rule.code, start, end }))

const byCode = new Map<string, number>()
let codeTotal = 0
let codeFound = 0
for (const { name, texts } of readBenignSets(folder)) {
  if (!MEASURED.includes(name)) continue
  let found = 0
  for (const text of texts) {
    const findings = find(text)
    if (findings.length > 0) found++
    for (const code of new Set(findings.map((finding) => finding.code))) byCode.set(code, (byCode.get(code) ?? 0) + 1)
    if (process.argv.includes('--alarms')) {
      for (const { code, start, end } of findings)
        console.log(name, code, JSON.stringify(text.slice(start, end)).slice(0, 160))
    }
  }
  if (CODE.includes(name)) {
    codeTotal += texts.length
    codeFound += found
  }
  console.log(`${name.padEnd(30)} ${found}/${texts.length} (${((100 * found) / texts.length).toFixed(2)} %)`)
}
console.log(
  `code sets together             ${codeFound}/${codeTotal} (${((100 * codeFound) / codeTotal).toFixed(2)} %)`,
)
console.log('documents with a finding, by rule')
for (const [code, count] of [...byCode].sort((a, b) => b[1] - a[1])) console.log(`  ${code.padEnd(30)} ${count}`)
