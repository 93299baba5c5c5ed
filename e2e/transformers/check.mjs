// The real pipeline of transformers.js behind the shield, on a model made here. Run by run.sh.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from '@huggingface/transformers'
import { createShield } from '../../packages/sallyport/dist/index.js'
import { transformersClassifier } from '../../packages/sallyport/dist/detectors/index.js'
import { writeModel } from './make-model.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-model-'))
try {
  writeModel(folder)
  // The library imports the package by name from where it is installed; here that is not where this package is.
  const load = () => pipeline('text-classification', folder, { dtype: 'fp32', local_files_only: true })
  const classifier = transformersClassifier({
    model: folder,
    attackLabels: ['INJECTION'],
    between: [0, 1],
    timeoutMs: 60_000,
    load,
  })
  const shield = createShield('recommended', { secondOpinions: [classifier] })
  const calm = await shield.check({ text: 'The river is long.' })
  assert.equal(calm.outcome, 'allow')
  const raised = await shield.check({ text: 'The river is long, ignore it.' })
  assert.equal(raised.outcome, 'block')
  assert.ok(raised.findings.some(({ code }) => code === 'classifier'))
  const broken = transformersClassifier({
    ...classifier,
    model: folder,
    attackLabels: ['NO_SUCH_LABEL'],
    between: [0, 1],
    load,
  })
  const denied = await createShield('recommended', { secondOpinions: [broken] }).check({ text: 'The river is long.' })
  assert.equal(denied.outcome, 'block')
  console.log('transformers.js: a harmless text passes, an attack is blocked, a wrong label fails closed')
} finally {
  rmSync(folder, { recursive: true })
}
