/**
 * How well prompt injection is found: rules alone, the model alone and both, on data that is not part of the repository.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-model.ts [--data ../shared/data] [--scores FILE] [--json FILE]
 *
 * 1. Families left out: every row is scored by a model that saw no row of its family (nor of the other families of its
 *    fold), and thresholds are set on harmless rows of families that model never saw either. `--scores` takes the scores
 *    that `training/train.ts --scores` wrote, otherwise the folds are trained here. The rules were tuned with these rows
 *    in sight, so the figures of "rules" and "both" are not clean estimates; those of "model" are.
 * 2. The shipped model: harmless texts with trigger words (`dev/`, never trained on), generated texts whose phrases were
 *    held out, per language and encoding, and 100 kB documents with and without one injected sentence.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compileRules } from '../../packages/sallyport/src/compose/compile-rules.ts'
import { RuleScan } from '../../packages/sallyport/src/compose/rule-scan.ts'
import type { GuardDefinition, Match } from '../../packages/sallyport/src/guard/guard.ts'
import { openModelScan } from '../../packages/sallyport/src/guards/prompt-injection/model/open-model-scan.ts'
import { promptInjection } from '../../packages/sallyport/src/guards/prompt-injection/prompt-injection.ts'
import { assembleCorpus } from '../../training/assemble.ts'
import { calibrate } from '../../training/calibrate.ts'
import { scoreAcrossFolds, type ScoredText } from '../../training/cross-score.ts'
import { encodeText } from '../../training/encode-text.ts'
import { hideSentences } from '../../training/long-documents.ts'
import { readFolder } from '../../training/read-rows.ts'
import { isTraffic, reportFolds } from '../../training/report-folds.ts'
import { CORPUS_SETTINGS } from '../../training/settings.ts'
import { type Head, SETTINGS } from '../../training/trainer.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    scores: { type: 'string' },
    json: { type: 'string' },
  },
})

const corpus = assembleCorpus({ ...CORPUS_SETTINGS, data: values.data, withUnclearLicence: true })
const CONTEXTS = {
  user: { stage: 'input', origin: 'user' },
  document: { stage: 'retrieval', origin: 'retrieved' },
} as const
const ruleSets = {
  user: rulesOf('user'),
  document: rulesOf('document'),
}
const result = {
  familiesLeftOut: familiesLeftOut(),
  hardNegatives: hardNegatives(),
  heldOutPhrases: heldOutPhrases(),
  longDocuments: longDocuments(),
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)

function rulesOf(head: Head): ReturnType<typeof compileRules> {
  const guard = promptInjection as unknown as GuardDefinition
  const options = promptInjection.options.parse({})
  const bound = { guard, rules: promptInjection.rules?.(options) ?? [], holds: () => false }
  return compileRules([bound], CONTEXTS[head].stage, CONTEXTS[head].origin)
}

function ruleMatches(text: string, head: Head): Match[] {
  return Array.from(new RuleScan(ruleSets[head]).push(text, true), ({ rule, confidence, start, end }) => {
    const { code, severity, message } = rule.rule
    return { start, end, code, severity, confidence, message }
  })
}

function modelMatches(text: string, head: Head): readonly Match[] {
  return openModelScan(CONTEXTS[head])?.push(text, true) ?? []
}

function score(matches: readonly Match[], head: Head): number {
  return promptInjection.score?.(matches, CONTEXTS[head]) ?? 0
}

function familiesLeftOut(): unknown {
  const encoded = (texts: typeof corpus.rows) => texts.map((text) => ({ text, encoded: encodeText(text.text) }))
  const scored: ScoredText[] =
    values.scores === undefined
      ? scoreAcrossFolds(encoded([...corpus.rows, ...corpus.generated]), [], SETTINGS, console.log)
      : (JSON.parse(readFileSync(values.scores, 'utf8')) as ScoredText[])
  const real = scored.filter(({ text }) => !text.generated)
  const calibrationOf = (head: Head) =>
    calibrate(
      real.filter((each) => each.head === head && isTraffic(each)).map(({ raw }) => raw),
      head,
    )
  const calibrations = { user: calibrationOf('user'), document: calibrationOf('document') }
  const rules: ScoredText[] = []
  const both: ScoredText[] = []
  for (const each of real) {
    const found = ruleMatches(each.text.text, each.head)
    const confidence = confidenceAt(calibrations[each.head], each.raw)
    // A whisper of the model breaks ties between texts in which the rules see the same.
    const opinion: Match = { start: 0, end: 1, code: 'model', severity: 'low', message: '', confidence }
    rules.push({ ...each, raw: score(found, each.head) })
    both.push({
      ...each,
      raw: score(found.length === 0 ? [opinion] : [...found, { ...opinion, start: found[0]?.start ?? 0 }], each.head),
    })
  }
  const reports = { rules: reportFolds(rules), model: reportFolds(real), both: reportFolds(both) }
  console.log('\nFamilies left out')
  console.table(
    reports.model.families.map((family, index) => ({
      family: family.family,
      head: family.head,
      attacks: family.attacks,
      ...Object.fromEntries(
        Object.entries(reports).flatMap(([name, { families }]) => {
          const figures = families[index]
          return [
            [`${name} AUC`, figures?.matchedAuc],
            [`${name} @1%`, figures?.recallAt1],
            [`${name} @0.3%`, figures?.recallAt03],
          ]
        }),
      ),
    })),
  )
  const summary = Object.fromEntries(Object.entries(reports).map(([name, each]) => [name, each.summary]))
  console.table(summary)
  const fixed = (['user', 'document'] as const).map((head) => {
    const of = (attack: boolean) =>
      both.filter((each) => each.head === head && (attack ? each.text.attack : isTraffic(each))).map(({ raw }) => raw)
    const share = (list: readonly number[], from: number) =>
      round(list.filter((raw) => raw >= from).length / list.length)
    const thresholds = head === 'user' ? [0.5, 0.8] : [0.5, 0.6]
    return {
      head,
      ...Object.fromEntries(
        thresholds.flatMap((from) => [
          [`harmless >= ${from}`, share(of(false), from)],
          [`attacks >= ${from}`, share(of(true), from)],
        ]),
      ),
    }
  })
  console.log(
    '\nBoth together at the thresholds of the recommended preset, each row by a model that never saw its family',
  )
  console.table(fixed)
  return { ...reports, summary, fixed }
}

function confidenceAt(points: readonly (readonly [number, number])[], raw: number): number {
  let before = points[0]
  if (!before || raw <= before[0]) return before?.[1] ?? 0
  for (const point of points) {
    if (raw < point[0]) return before[1] + ((raw - before[0]) / (point[0] - before[0])) * (point[1] - before[1])
    before = point
  }
  return before[1]
}

function hardNegatives(): unknown {
  const rows = readFolder(values.data, 'dev').filter(({ label }) => label === 'benign')
  const table = [...new Set(rows.map(({ file, kind }) => `${file} ${kind}`)), 'all'].map((name) => {
    const own = rows.filter(({ file, kind }) => name === 'all' || `${file} ${kind}` === name)
    return {
      set: name,
      rows: own.length,
      ...flagged(
        own.map(({ text }) => text),
        'user',
      ),
    }
  })
  console.log('\nHarmless texts with trigger words: share flagged')
  console.table(table)
  return table
}

/** Shares of texts at the review and block thresholds of input, by rules, model and both. */
function flagged(texts: readonly string[], head: Head): Record<string, number> {
  const block = head === 'user' ? 0.8 : 0.6
  const counts: Record<string, number> = {}
  for (const text of texts) {
    const found = { rules: ruleMatches(text, head), model: modelMatches(text, head) }
    for (const [name, matches] of Object.entries({ ...found, both: [...found.rules, ...found.model] })) {
      const value = score(matches, head)
      for (const threshold of [0.5, block]) {
        const key = `${name} >= ${threshold}`
        counts[key] = (counts[key] ?? 0) + (value >= threshold ? 1 : 0)
      }
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, round(count / texts.length)]))
}

function heldOutPhrases(): unknown {
  const texts = corpus.heldOut
  const table = (
    name: string,
    keyOf: (text: (typeof texts)[number]) => string,
    head: Head,
  ): Record<string, unknown>[] => {
    const own = texts.filter(({ heads }) => heads.includes(head))
    return [...new Set(own.map(keyOf))].sort().map((key) => {
      const rows = own.filter((text) => keyOf(text) === key)
      const part = (attack: boolean) => rows.filter((row) => row.attack === attack).map(({ text }) => text)
      const shares = (list: readonly string[]): Record<string, number> => (list.length === 0 ? {} : flagged(list, head))
      const [attacks, harmless] = [shares(part(true)), shares(part(false))]
      return {
        by: name,
        value: key,
        head,
        attacks: part(true).length,
        found: attacks['both >= 0.5'],
        'by model': attacks['model >= 0.5'],
        'by rules': attacks['rules >= 0.5'],
        harmless: part(false).length,
        flagged: harmless['both >= 0.5'],
        'flagged by model': harmless['model >= 0.5'],
      }
    })
  }
  const plain = (text: (typeof texts)[number]): string => (text.encoding === undefined ? text.lang : 'encoded')
  const tables = [
    ...table('language', plain, 'user'),
    ...table('language', plain, 'document'),
    ...table('kind', ({ kind }) => kind, 'user'),
    ...table('kind', ({ kind }) => kind, 'document'),
    ...table('encoding', ({ encoding }) => encoding ?? 'plain', 'user'),
  ]
  console.log('\nGenerated texts of phrases held out of training, at the review threshold')
  console.table(tables)
  return tables
}

function longDocuments(): unknown {
  const cases = hideSentences(corpus, 100_000, 60)
  let found = 0
  let onSentence = 0
  let twins = 0
  let rulesFound = 0
  let rulesTwins = 0
  for (const { clean, poisoned, span } of cases) {
    const rules = ruleMatches(poisoned, 'document')
    const matches = [...rules, ...modelMatches(poisoned, 'document')]
    if (score(matches, 'document') >= 0.6) found++
    if (score(rules, 'document') >= 0.6) rulesFound++
    const best = matches.toSorted((a, b) => b.confidence - a.confidence)[0]
    if (best && best.start < span.end && best.end > span.start && score(matches, 'document') >= 0.6) onSentence++
    if (score(ruleMatches(clean, 'document'), 'document') >= 0.6) rulesTwins++
    if (score([...ruleMatches(clean, 'document'), ...modelMatches(clean, 'document')], 'document') >= 0.6) twins++
  }
  const figures = {
    documents: cases.length,
    found: round(found / cases.length),
    'found, strongest match on the sentence': round(onSentence / cases.length),
    'found by rules alone': round(rulesFound / cases.length),
    'clean twins flagged': round(twins / cases.length),
    'clean twins flagged by rules alone': round(rulesTwins / cases.length),
  }
  console.log('\n100 kB documents with one injected sentence, at the redaction threshold')
  console.table([figures])
  return figures
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
