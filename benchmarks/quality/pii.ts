/**
 * Recall and precision of the `pii` guard on the labelled sets and on benign text.
 *
 *   npx tsx benchmarks/quality/pii.ts [data folder, default ../shared/data] [--samples ENTITY] [--misses]
 *
 * Recall is measured with every pack at any confidence, false positives with the recommended packs from 0.5 on. The
 * presidio rows are the public part of that project's own tests: rules were written with them in sight, so the recall
 * is a regression figure. False positives are per megabyte of text nobody wrote for this guard.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pii } from '../../packages/sallyport/src/guards/pii/index.ts'
import { buildShield } from '../../packages/sallyport/src/compose/create-shield.ts'
import { presets } from '../../packages/sallyport/src/presets/index.ts'

interface Found {
  readonly entity: string
  readonly code: string
  readonly confidence: number
  readonly start: number
  readonly end: number
}

type Scanner = (text: string) => Promise<readonly Found[]>

const flags = process.argv.slice(2)
const samplesOf = valueAfter('--samples')
const showMisses = flags.includes('--misses')
const dataFolder =
  flags.find((flag, index) => !flag.startsWith('--') && flags[index - 1] !== '--samples') ?? '../shared/data'

/** The guard alone under the presets' own policy for it: its findings do not depend on the other guards. */
function scanner(preset: 'everything' | 'recommended'): Scanner {
  const policy = { pii: presets[preset].pii ?? {} }
  const shield = buildShield(
    [pii],
    { everything: policy, recommended: policy, strict: policy, monitor: policy },
    preset,
  )
  return async (text) =>
    (await shield.check({ text })).findings.map((finding) => ({ ...finding, entity: finding.entity ?? '' }))
}

const everything = scanner('everything')
const recommended = scanner('recommended')

const kept = (found: Found, minimum: number) => found.confidence >= minimum

function overlaps(found: Found, start: number, end: number): boolean {
  const shared = Math.min(found.end, end) - Math.max(found.start, start)
  return shared >= 0.5 * Math.max(found.end - found.start, end - start)
}

// --- Presidio ---------------------------------------------------------------------------------------------------

interface PresidioRow {
  readonly text: string
  readonly entity: string
  readonly count: number
  readonly spans: readonly (readonly [number, number])[] | null
  readonly score?: unknown
}

async function presidio(): Promise<void> {
  const perEntity = new Map<
    string,
    { wanted: number; found: number; sure: number; negatives: number; alarms: number }
  >()
  for (const row of rows<PresidioRow>('security/pii_presidio.jsonl.gz')) {
    const tally = perEntity.get(row.entity) ?? { wanted: 0, found: 0, sure: 0, negatives: 0, alarms: 0 }
    perEntity.set(row.entity, tally)
    const hits = (await everything(row.text)).filter((hit) => hit.entity === row.entity)
    if (row.count === 0) {
      tally.negatives++
      if (hits.length > 0) {
        tally.alarms++
        if (showMisses)
          console.log(`alarm ${row.entity} ${JSON.stringify(row.text)} ${hits.map((hit) => hit.code).join()}`)
      }
      continue
    }
    if (lowestScore(row.score) < 0.4) continue
    const spans: readonly (readonly [number, number])[] = row.spans ?? []
    const found =
      row.spans === null
        ? Math.min(row.count, hits.length)
        : spans.filter(([start, end]) => hits.some((hit) => overlaps(hit, start, end))).length
    tally.wanted += row.spans === null ? row.count : spans.length
    tally.found += found
    tally.sure +=
      row.spans === null
        ? Math.min(row.count, hits.filter((hit) => kept(hit, 0.5)).length)
        : spans.filter(([start, end]) => hits.some((hit) => kept(hit, 0.5) && overlaps(hit, start, end))).length
    if (showMisses && found < (row.spans === null ? row.count : spans.length))
      console.log(`miss ${row.entity} ${JSON.stringify(row.text)}`)
  }
  const table = [...perEntity]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([entity, tally]) => ({ entity, ...tally }))
  console.table(table)
  const sum = (key: 'wanted' | 'found' | 'sure' | 'negatives' | 'alarms') =>
    table.reduce((total, row) => total + row[key], 0)
  console.log(
    `presidio: ${sum('found')} of ${sum('wanted')} found and typed (${percent(sum('found'), sum('wanted'))}), ${sum('sure')} with confidence >= 0.5; ${sum('alarms')} of ${sum('negatives')} negatives reported`,
  )
}

/** A score is a number, a list of numbers or a list of ranges; ranges count by their minimum, no score as certain. */
function lowestScore(score: unknown): number {
  if (score === null || score === undefined) return 1
  if (typeof score === 'number') return score
  if (Array.isArray(score)) {
    return Math.min(
      ...score.map((entry: unknown) =>
        Array.isArray(entry) ? (entry[0] === 'max' ? 1 : Number(entry[0])) : Number(entry),
      ),
    )
  }
  return 1
}

// --- validator tables -------------------------------------------------------------------------------------------

async function checksumTable(): Promise<void> {
  let right = 0
  let wrong = 0
  for (const row of rows<{ input: string; expected: unknown; entity: string; method: string }>(
    'security/pii_presidio_checksums.jsonl.gz',
  )) {
    if (row.method !== 'validate_result' || typeof row.expected !== 'boolean') continue
    const whole = (await everything(row.input)).some(
      (hit) => hit.entity === row.entity && hit.start === 0 && hit.end === row.input.length,
    )
    if (whole === row.expected) right++
    else {
      wrong++
      if (showMisses) console.log(`checksum ${row.entity} ${JSON.stringify(row.input)} expected ${row.expected}`)
    }
  }
  console.log(`presidio validator tables: ${right} of ${right + wrong} agree`)
}

const OPENREDACTION: Readonly<Record<string, string>> = {
  validateLuhn: 'CREDIT_CARD',
  validateIBAN: 'IBAN_CODE',
  validateNINO: 'UK_NINO',
  validateNHS: 'UK_NHS',
  validateSSN: 'US_SSN',
  validateEmail: 'EMAIL_ADDRESS',
  validateCanadianSIN: 'CA_SIN',
  validateAustralianTFN: 'AU_TFN',
}

async function openredactionTable(): Promise<void> {
  let right = 0
  let wrong = 0
  for (const row of rows<{ input: string; expected: boolean; method: string }>(
    'security/pii_validators_openredaction.jsonl.gz',
  )) {
    const entity = OPENREDACTION[row.method]
    if (entity === undefined) continue
    if ((await everything(row.input)).some((hit) => hit.entity === entity) === row.expected) right++
    else {
      wrong++
      if (showMisses) console.log(`openredaction ${row.method} ${JSON.stringify(row.input)} expected ${row.expected}`)
    }
  }
  console.log(`openredaction validator tables: ${right} of ${right + wrong} agree`)
}

// --- other gold spans ---------------------------------------------------------------------------------------------

const SAME_ENTITY: Readonly<Record<string, string>> = {
  EMAIL: 'EMAIL_ADDRESS',
  PHONE: 'PHONE_NUMBER',
  CREDIT_CARD_NUMBER: 'CREDIT_CARD',
  US_SOCIAL_SECURITY_NUMBER: 'US_SSN',
  SOCIAL_SECURITY_NUMBER: 'US_SSN',
  NATIONAL_INSURANCE_NUMBER: 'UK_NINO',
  DEA: 'MEDICAL_LICENSE',
  NPI: 'US_NPI',
  POSTALCODE: 'UK_POSTCODE',
  DATE_OF_BIRTH: 'DATE_TIME',
  STREET_ADDRESS: 'LOCATION',
  ADDRESS: 'LOCATION',
  PERSON_NAME: 'PERSON',
  NAME: 'PERSON',
  DRIVERS_LICENCE: 'UK_DRIVING_LICENCE',
}
const STRUCTURED = new Set([
  'CREDIT_CARD',
  'EMAIL_ADDRESS',
  'IBAN_CODE',
  'IP_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'US_DRIVER_LICENSE',
  'UK_NINO',
  'UK_POSTCODE',
  'URL',
  'DATE_TIME',
  'MEDICAL_LICENSE',
  'UK_DRIVING_LICENCE',
  'PERSON',
  'LOCATION',
])

interface GoldRow {
  readonly text: string
  readonly entities: readonly { entity: string; start: number; end: number }[] | null
}

async function otherGold(): Promise<void> {
  const tally = new Map<string, { wanted: number; found: number; sure: number }>()
  for (const row of rows<GoldRow>('security/pii_other.jsonl.gz')) {
    const hits = await everything(row.text)
    const points = [...row.text]
    const toUnits = (offset: number) =>
      points.length === row.text.length ? offset : points.slice(0, offset).join('').length
    for (const gold of row.entities ?? []) {
      const entity = SAME_ENTITY[gold.entity] ?? gold.entity
      if (!STRUCTURED.has(entity)) continue
      const counts = tally.get(entity) ?? { wanted: 0, found: 0, sure: 0 }
      tally.set(entity, counts)
      const same = hits.filter((hit) => hit.entity === entity && overlaps(hit, toUnits(gold.start), toUnits(gold.end)))
      counts.wanted++
      if (same.length > 0) counts.found++
      else if (showMisses && entity !== 'PERSON' && entity !== 'LOCATION')
        console.log(
          `gold ${entity} ${JSON.stringify(row.text.slice(Math.max(0, toUnits(gold.start) - 40), toUnits(gold.end) + 10))}`,
        )
      if (same.some((hit) => kept(hit, 0.5))) counts.sure++
    }
  }
  console.table(
    [...tally]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([entity, counts]) => ({ entity, ...counts, recall: percent(counts.found, counts.wanted) })),
  )
}

// --- own cases ----------------------------------------------------------------------------------------------------

async function ownCases(): Promise<void> {
  const folder = join(import.meta.dirname, '../../packages/sallyport/src/guards/pii/cases')
  const benign = lines<{ text: string }>(join(folder, 'benign.jsonl'))
  let flagged = 0
  for (const { text } of benign) {
    const hits = (await recommended(text)).filter((hit) => kept(hit, 0.5))
    if (hits.length === 0) continue
    flagged++
    if (showMisses) console.log(`hard negative flagged ${JSON.stringify(text)} ${hits.map((hit) => hit.code).join()}`)
  }
  const attack = lines<{ text: string; entity: string }>(join(folder, 'attack.jsonl'))
  let missed = 0
  for (const { text, entity } of attack) {
    if ((await everything(text)).some((hit) => hit.entity === entity)) continue
    missed++
    if (showMisses) console.log(`attack case missed ${entity} ${JSON.stringify(text)}`)
  }
  console.log(
    `own hard negatives: ${flagged} of ${benign.length} flagged; own attack cases: ${attack.length - missed} of ${attack.length} found`,
  )
}

// --- benign text --------------------------------------------------------------------------------------------------

async function benignText(): Promise<void> {
  const folder = join(dataFolder, 'injection/train')
  const table: Record<string, string | number>[] = []
  const totals = new Map<string, number>()
  let megabytes = 0
  for (const file of readdirSync(folder).toSorted()) {
    const texts = rows<{ text: string; label: string }>(`injection/train/${file}`).filter(
      (row) => row.label === 'benign',
    )
    const size = texts.reduce((sum, row) => sum + row.text.length, 0) / 1e6
    if (size < 0.05) continue
    const counts = new Map<string, number>()
    for (const { text } of texts) {
      for (const hit of await recommended(text)) {
        if (!kept(hit, 0.5)) continue
        counts.set(hit.entity, (counts.get(hit.entity) ?? 0) + 1)
        if (samplesOf === hit.entity || samplesOf === hit.code) {
          console.log(
            `${basename(file, '.jsonl.gz')} ${hit.code} ${hit.confidence.toFixed(2)}: ${JSON.stringify(text.slice(Math.max(0, hit.start - 40), hit.start))} >>${JSON.stringify(text.slice(hit.start, hit.end))}<< ${JSON.stringify(text.slice(hit.end, hit.end + 15))}`,
          )
        }
      }
    }
    megabytes += size
    for (const [entity, count] of counts) totals.set(entity, (totals.get(entity) ?? 0) + count)
    table.push({
      set: basename(file, '.jsonl.gz'),
      MB: Number(size.toFixed(2)),
      hits: [...counts]
        .toSorted(([, a], [, b]) => b - a)
        .map(([entity, count]) => `${entity} ${count}`)
        .join(', '),
    })
  }
  console.table(table)
  console.log(`benign text, ${megabytes.toFixed(1)} MB, hits per MB (real addresses in it included):`)
  console.table(
    [...totals]
      .toSorted(([, a], [, b]) => b - a)
      .map(([entity, count]) => ({ entity, hits: count, 'per MB': Number((count / megabytes).toFixed(2)) })),
  )
}

// --- reading ------------------------------------------------------------------------------------------------------

function rows<Row>(path: string): Row[] {
  return parse<Row>(gunzipSync(readFileSync(join(dataFolder, path))).toString('utf8'))
}

function lines<Row>(path: string): Row[] {
  return existsSync(path) ? parse<Row>(readFileSync(path, 'utf8')) : []
}

function parse<Row>(text: string): Row[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
}

function valueAfter(flag: string): string | undefined {
  const index = flags.indexOf(flag)
  return index < 0 ? undefined : flags[index + 1]
}

if (!samplesOf) {
  await presidio()
  await checksumTable()
  await openredactionTable()
  await otherGold()
  await ownCases()
}
if (!showMisses) await benignText()
