import type { Preset } from './preset.ts'
import { recommended } from './recommended.ts'

/** Lower thresholds, and a person is asked where `recommended` only records. */
export const strict: Preset = {
  ...recommended,
  unicode: { ...recommended['unicode'], rules: { 'confusable-mixed-script': 'review', 'private-use': 'redact' } },
  'prompt-injection': {
    actions: {
      input: { review: 0.4, block: 0.6 },
      retrieval: { redact: 0.4, block: 0.8 },
      'tool-result': { redact: 0.4, block: 0.8 },
      'tool-call': { review: 0.6 },
      output: { redact: 0.6 },
    },
  },
  pii: { ...recommended['pii'], actions: { redact: 0.4 } },
  secrets: {
    actions: {
      input: { redact: 0.3 },
      retrieval: { redact: 0.3 },
      'tool-call': { block: 0.3 },
      'tool-result': { redact: 0.3 },
      output: { redact: 0.3 },
    },
  },
  'code-output': { actions: { output: 'review', 'tool-call': 'review' } },
  'content-policy': {
    ...recommended['content-policy'],
    options: { topics: ['violence', 'illegal-activities', 'hate', 'self-harm'] },
  },
  'data-flow': { actions: { 'tool-call': 'review' }, rules: { 'secret-to-sink': 'block' } },
}
