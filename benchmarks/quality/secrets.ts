/*
 * What the `secrets` guard finds in other scanners' sample credentials, and how often it is wrong in honest text.
 * Usage: npx tsx benchmarks/quality/secrets.ts [data folder] [--misses] [--alarms]
 */
import { join } from 'node:path'
import { secrets } from '../../packages/sallyport/src/guards/secrets/index.ts'
import { dataFolder, readBenignSets, readRows } from './read-rows.ts'
import { openRuleFinder } from './rule-findings.ts'

interface SecretRow {
  readonly text: string
  readonly secret: boolean
  readonly rule: string
  readonly source: string
  readonly negative_scope?: string
}

/** Confidence from which the presets act. */
const THRESHOLD = 0.5

const folder = dataFolder()
const find = openRuleFinder(secrets)
const share = (part: number, whole: number): string => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`

const rows = readRows<SecretRow>(join(folder, 'security/secrets_gitleaks.jsonl.gz')).map((row) => {
  const findings = find(row.text)
  return {
    ...row,
    findings,
    isFound: findings.length > 0,
    isActed: findings.some((finding) => finding.confidence >= THRESHOLD),
  }
})

console.log('secrets_gitleaks        positives found            at >= 0.5                  negatives flagged at >= 0.5')
for (const origin of ['gitleaks', 'detect-secrets', 'secretlint']) {
  const own = rows.filter(
    (row) => row.source.startsWith(origin) || (origin === 'gitleaks' && row.source.startsWith('gitleaks')),
  )
  const positives = own.filter((row) => row.secret)
  const negatives = own.filter((row) => !row.secret && row.negative_scope !== 'rule')
  console.log(
    `  ${origin.padEnd(20)}  ${share(positives.filter((row) => row.isFound).length, positives.length).padEnd(26)} ${share(positives.filter((row) => row.isActed).length, positives.length).padEnd(26)} ${share(negatives.filter((row) => row.isActed).length, negatives.length)}`,
  )
}
if (process.argv.includes('--misses')) {
  for (const row of rows.filter((each) => each.secret && !each.isFound))
    console.log('  missed', row.rule, JSON.stringify(row.text).slice(0, 220))
  for (const row of rows.filter((each) => !each.secret && each.negative_scope !== 'rule' && each.isActed))
    console.log(
      '  flagged',
      row.rule,
      row.findings.map((finding) => finding.code).join(),
      JSON.stringify(row.text).slice(0, 220),
    )
}

console.log('\nbenign set                          MB   findings >= 0.5   per MB   codes')
let total = { bytes: 0, findings: 0 }
for (const set of readBenignSets(folder)) {
  const codes = new Map<string, number>()
  let findings = 0
  let bytes = 0
  for (const text of set.texts) {
    bytes += Buffer.byteLength(text)
    for (const finding of find(text)) {
      if (finding.confidence < THRESHOLD) continue
      findings += 1
      codes.set(finding.code, (codes.get(finding.code) ?? 0) + 1)
      if (process.argv.includes('--alarms'))
        console.log(
          `  ${set.name} ${finding.code}  ${JSON.stringify(text.slice(Math.max(0, finding.start - 50), finding.start))} >>> ${JSON.stringify(text.slice(finding.start, Math.min(finding.end, finding.start + 80)))}`,
        )
    }
  }
  total = { bytes: total.bytes + bytes, findings: total.findings + findings }
  const listed = Array.from(codes, ([code, count]) => `${code} ${count}`).join(', ')
  console.log(
    `${set.name.slice(0, 30).padEnd(30)} ${(bytes / 1e6).toFixed(2).padStart(7)} ${String(findings).padStart(17)} ${((findings * 1e6) / bytes).toFixed(2).padStart(8)}   ${listed}`,
  )
}
console.log(
  `${'all'.padEnd(30)} ${(total.bytes / 1e6).toFixed(2).padStart(7)} ${String(total.findings).padStart(17)} ${((total.findings * 1e6) / total.bytes).toFixed(2).padStart(8)}`,
)
