// A classifier of your own behind the built-in detector:
//   npm install @huggingface/transformers
//   npx tsx examples/own-classifier.ts MODEL ATTACK_LABEL "some text"
// MODEL is a name on the hub or a folder with config.json, tokenizer files and onnx/model.onnx.
import { createShield } from 'sallyport'
import { transformersClassifier } from 'sallyport/detectors'

const [model, label, text] = process.argv.slice(2)
if (!model || !label || !text) {
  console.error('usage: npx tsx examples/own-classifier.ts MODEL ATTACK_LABEL TEXT')
  process.exit(2)
}
const classifier = transformersClassifier({ model, attackLabels: [label], between: [0, 1], timeoutMs: 120_000 })
const shield = createShield('recommended', { secondOpinions: [classifier] })
const { outcome, score, findings } = await shield.check({ text })
console.log({ outcome, score, findings })
