/**
 * Rebuilds the model of the `prompt-injection` guard, with its golden vectors and figures.
 *
 *   npx tsx training/train.ts --data ../shared/data [--without-unclear-licence] [--dry-run] [--scores FILE]
 *
 * `--dry-run` trains and reports without writing into the package; `--scores` keeps the
 * score of each text, and `--scores-from` calibrates to kept ones instead of training the folds again. Seeds are fixed: the same data give the same file.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ModelFile } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import { assembleCorpus, type CorpusSettings } from './assemble.ts'
import { calibrate } from './calibrate.ts'
import type { LabelledText } from './corpus.ts'
import { exampleOf, penalized, scoreAcrossFolds, type ScoredText } from './cross-score.ts'
import { encodeText, type EncodedText } from './encode-text.ts'
import { writeGolden } from './golden.ts'
import { quantize } from './quantize.ts'
import { isTraffic, reportFolds } from './report-folds.ts'
import { CORPUS_SETTINGS } from './settings.ts'
import { LENGTH_SLOPES, SETTINGS, trainModel } from './trainer.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    'without-unclear-licence': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    scores: { type: 'string' },
    'scores-from': { type: 'string' },
  },
})

const corpusSettings: CorpusSettings = {
  ...CORPUS_SETTINGS,
  data: values.data,
  withUnclearLicence: !values['without-unclear-licence'],
}
const modelFolder = join(import.meta.dirname, '../packages/sallyport/src/guards/prompt-injection/model')
const resultsFolder = join(import.meta.dirname, 'results')

const corpus = assembleCorpus(corpusSettings)
const encoded = (texts: readonly LabelledText[]): { text: LabelledText; encoded: EncodedText }[] =>
  texts.map((text) => ({ text, encoded: encodeText(text.text) }))
const rows = encoded([...corpus.rows, ...corpus.generated])
const heldOut = encoded(corpus.heldOut)
const count = (attack: boolean): number => rows.filter(({ text }) => text.attack === attack).length
console.log(
  `${corpus.rows.length} rows, ${corpus.generated.length} generated: ${count(true)} attacks, ${count(false)} harmless`,
)

const known = values['scores-from']
const scored =
  known === undefined
    ? scoreAcrossFolds(rows, heldOut, SETTINGS, console.log)
    : (JSON.parse(readFileSync(known, 'utf8')) as ScoredText[]).map(({ text, head, worst }) =>
        penalized(text, head, worst),
      )
if (values.scores !== undefined) writeFileSync(values.scores, JSON.stringify(scored))
const report = reportFolds(scored)
console.table(report.families)
console.log(report.summary)

const weights = trainModel(
  rows.map(({ text, encoded: features }) => exampleOf(text, features)),
  SETTINGS,
)
const heads = (['user', 'document'] as const).map((head) => {
  const { file, floats } = quantize(weights, head)
  const harmless = scored.filter((each) => each.head === head && isTraffic(each))
  const raw = harmless.map((each) => each.raw)
  return { head, file: { ...file, ...LENGTH_SLOPES[head], calibration: calibrate(raw, head) }, floats }
})
const [user, document] = heads
if (!user || !document) throw new Error('no heads')
const digest = createHash('sha256').update(user.file.weights).update(document.file.weights).digest('hex').slice(0, 12)
const model: ModelFile = { version: digest, user: user.file, document: document.file }

mkdirSync(resultsFolder, { recursive: true })
const name = corpusSettings.withUnclearLicence ? 'folds' : 'folds-without-unclear-licence'
writeFileSync(
  join(resultsFolder, `${name}.json`),
  `${JSON.stringify({ model: digest, settings: { ...corpusSettings, data: undefined, ...SETTINGS }, ...report }, null, 2)}\n`,
)
if (!values['dry-run']) {
  writeFileSync(
    join(modelFolder, 'model.generated.ts'),
    `// Written by training/train.ts. Do not edit.\nimport type { ModelFile } from './model-format.ts'\n\nexport const model: ModelFile = ${JSON.stringify(model)}\n`,
  )
  writeGolden(join(modelFolder, 'golden-vectors.generated.ts'), {
    weights: {
      user: user.floats,
      document: document.floats,
      bias: { user: user.file.bias, document: document.file.bias },
    },
  })
  console.log(`model ${digest} written`)
}
