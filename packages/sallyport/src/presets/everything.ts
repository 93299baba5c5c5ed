import type { Preset } from './preset.ts'

/** Every guard, entity and region pack at its lowest threshold: for measuring, not for traffic. */
export const everything: Preset = {
  'input-limits': { actions: 'block' },
  unicode: { actions: 'redact', rules: { 'confusable-mixed-script': 'monitor' } },
  'prompt-injection': { actions: { monitor: 0.3, block: 0.8 } },
  pii: { actions: { redact: 0 }, options: { packs: 'all' } },
  secrets: { actions: { redact: 0 } },
  'content-policy': {
    actions: 'monitor',
    options: { topics: ['violence', 'illegal-activities', 'hate', 'self-harm'] },
  },
  'prompt-leak': { actions: { redact: 0.4 } },
  'output-markdown': { actions: 'redact' },
  exfiltration: { actions: { redact: 0.3 } },
  'code-output': { actions: { monitor: 0.4 } },
  'tool-policy': { actions: 'block', rules: { 'unknown-tool': 'review', 'approval-required': 'review' } },
  'data-flow': { actions: 'review', rules: { 'secret-to-sink': 'block' } },
}
