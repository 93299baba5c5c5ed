/**
 * How well prompt injection is found on families of attacks unseen in training: rules alone, the model alone and both.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/quality/injection-model.ts [--data ../shared/data] [--scores FILE] [--json FILE]
 *
 * 1. Families left out: every row is scored by a model that saw no row of its family (nor of the other families of its
 *    fold), and thresholds are set on harmless rows of sources that model never saw either. `--scores` takes the scores
 *    that `training/train.ts --scores` wrote, otherwise the folds are trained here. The rules were tuned with these rows
 *    in sight, so the figures of "rules" and "both" are not clean estimates; those of "model" are.
 * 2. The shipped guard: harmless texts with trigger words (`dev/`, never trained on), and 100 kB documents with and
 *    without one injected sentence.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Match } from '../../packages/sallyport/src/guard/guard.ts'
import { interpolate } from '../../packages/sallyport/src/guards/prompt-injection/model/load-head.ts'
import { assembleCorpus } from '../../training/assemble.ts'
import { calibrate } from '../../training/calibrate.ts'
import { penalized, scoreAcrossFolds, type ScoredText } from '../../training/cross-score.ts'
import { encodeText } from '../../training/encode-text.ts'
import { hideSentences } from '../../training/long-documents.ts'
import { readFolder } from '../../training/read-rows.ts'
import { isTraffic, reportFolds } from '../../training/report-folds.ts'
import { CORPUS_SETTINGS } from '../../training/settings.ts'
import { SETTINGS } from '../../training/trainer.ts'
import { type Head, modelMatches, ruleMatches, scoreOf, shareWithInterval, THRESHOLDS } from './injection-score.ts'
import { reliability } from './reliability.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    scores: { type: 'string' },
    documents: { type: 'string', default: '150' },
    json: { type: 'string' },
  },
})

const corpus = assembleCorpus({ ...CORPUS_SETTINGS, data: values.data, withUnclearLicence: true })
const result = {
  familiesLeftOut: familiesLeftOut(),
  hardNegatives: hardNegatives(),
  longDocuments: (['ordinary', 'agent-instructions'] as const).map(longDocuments),
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)

function familiesLeftOut(): unknown {
  const encoded = (texts: typeof corpus.rows) => texts.map((text) => ({ text, encoded: encodeText(text.text) }))
  const scored: ScoredText[] =
    values.scores === undefined
      ? scoreAcrossFolds(encoded([...corpus.rows, ...corpus.generated]), [], SETTINGS, console.log)
      : (JSON.parse(readFileSync(values.scores, 'utf8')) as ScoredText[]).map(({ text, head, worst }) =>
          penalized(text, head, worst),
        )
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
    const confidence = interpolate(calibrations[each.head], each.raw)
    const start = found[0]?.start ?? 0
    const opinion: Match = {
      start,
      end: start + each.text.text.length,
      code: 'model',
      severity: 'low',
      message: '',
      confidence,
    }
    rules.push({ ...each, raw: scoreOf(found, each.head) })
    both.push({ ...each, raw: scoreOf([...found, opinion], each.head) })
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
    const reached = (list: readonly number[], from: number) =>
      shareWithInterval(list.filter((raw) => raw >= from).length, list.length)
    return {
      head,
      ...Object.fromEntries(
        Object.entries(THRESHOLDS[head]).flatMap(([name, from]) => [
          [`harmless at ${name} ${from}`, reached(of(false), from)],
          [`attacks at ${name} ${from}`, reached(of(true), from)],
        ]),
      ),
    }
  })
  console.log(
    '\nBoth at the thresholds of the recommended preset, each row by a model that never saw its family, percent',
  )
  console.table(fixed)
  const calibration = Object.fromEntries(
    (['user', 'document'] as const).map((head) => {
      const own = both.filter((each) => each.head === head && (each.text.attack || isTraffic(each)))
      return [head, reliability(own.map(({ raw, text }) => ({ score: raw, attack: text.attack })))]
    }),
  )
  for (const [head, { brier, bins }] of Object.entries(calibration)) {
    console.log(`\nReliability, ${head}: attacks weighed to be 5 % of traffic, Brier score ${brier}`)
    console.table(bins)
  }
  return { ...reports, summary, fixed, calibration }
}

function hardNegatives(): unknown {
  const rows = readFolder(values.data, 'dev').filter(({ label }) => label === 'benign')
  const table = [...new Set(rows.map(({ file, kind }) => `${file} ${kind}`)), 'all'].map((name) => {
    const own = rows.filter(({ file, kind }) => name === 'all' || `${file} ${kind}` === name)
    const scores = own.map(({ text }) => scoreOf([...ruleMatches(text, 'user'), ...modelMatches(text, 'user')], 'user'))
    const from = (threshold: number) =>
      shareWithInterval(scores.filter((score) => score >= threshold).length, scores.length)
    return { set: name, rows: own.length, 'at 0.5': from(0.5), 'at 0.8': from(0.8) }
  })
  console.log('\nHarmless texts with trigger words (dev), input: percent flagged')
  console.table(table)
  return table
}

function longDocuments(carriers: 'ordinary' | 'agent-instructions'): unknown {
  const cases = hideSentences(corpus, 100_000, Number(values.documents), carriers)
  const { block } = THRESHOLDS.document
  let [found, onSentence, twins, rulesFound, rulesTwins] = [0, 0, 0, 0, 0]
  for (const { clean, poisoned, span } of cases) {
    const rules = ruleMatches(poisoned, 'document')
    const matches = [...rules, ...modelMatches(poisoned, 'document')]
    const isFound = scoreOf(matches, 'document') >= block
    const best = matches.filter(({ start, end }) => end > start).toSorted((a, b) => b.confidence - a.confidence)[0]
    const calm = ruleMatches(clean, 'document')
    if (isFound) found++
    if (isFound && best && best.start < span.end && best.end > span.start) onSentence++
    if (scoreOf(rules, 'document') >= block) rulesFound++
    if (scoreOf(calm, 'document') >= block) rulesTwins++
    if (scoreOf([...calm, ...modelMatches(clean, 'document')], 'document') >= block) twins++
  }
  const share = (count: number): string => shareWithInterval(count, cases.length)
  const figures = {
    carriers,
    documents: cases.length,
    found: share(found),
    'found, strongest match on the sentence': share(onSentence),
    'found by rules alone': share(rulesFound),
    'clean twins flagged': share(twins),
    'clean twins flagged by rules alone': share(rulesTwins),
  }
  console.log('\n100 kB documents with one injected sentence, at the redaction threshold, percent')
  console.table([figures])
  return figures
}
