import type { Preset } from './preset.ts'

const EVERYWHERE = ['input', 'retrieval', 'tool-call', 'tool-result', 'output'] as const
type Where = (typeof EVERYWHERE)[number]

/** The same action at each of these stages. */
function at<Action extends string>(stages: readonly Where[], action: Action): Partial<Record<Where, Action>> {
  return Object.fromEntries(stages.map((stage) => [stage, action]))
}

const pseudonymized = Object.fromEntries(
  [
    'EMAIL_ADDRESS',
    'PHONE_NUMBER',
    'TR_PHONE_NUMBER',
    'PH_MOBILE_NUMBER',
    'IP_ADDRESS',
    'MAC_ADDRESS',
    'PERSON',
    'LOCATION',
  ].map((entity) => [entity, { operator: 'pseudonymize' }]),
)

/** The default: what is certain is blocked or redacted, what is doubtful is recorded. */
export const recommended: Preset = {
  'input-limits': { actions: at(['input', 'retrieval', 'tool-call', 'tool-result'], 'block') },
  unicode: {
    actions: { ...at(EVERYWHERE, 'redact'), 'tool-call': 'block' },
    rules: { 'confusable-mixed-script': 'monitor', 'private-use': 'monitor', 'excess-whitespace': 'off' },
  },
  'prompt-injection': {
    actions: {
      input: { monitor: 0.5, block: 0.8 },
      retrieval: { monitor: 0.5, redact: 0.6 },
      'tool-result': { monitor: 0.5, redact: 0.6 },
      output: { monitor: 0.5 },
    },
  },
  // Numbers that name a person or an account go one way; what a model has to work with comes back to who wrote it.
  pii: { actions: at(EVERYWHERE, 'redact'), options: { operators: pseudonymized } },
  secrets: { actions: { ...at(EVERYWHERE, 'redact'), 'tool-call': 'block' } },
  // Empty options find nothing: only what the operator lists is looked for.
  'content-policy': {
    actions: { ...at(['input', 'tool-call'], 'block'), ...at(['retrieval', 'tool-result', 'output'], 'redact') },
  },
  // Does nothing for a text whose conversation is not known.
  'prompt-leak': { actions: { output: 'redact', 'tool-call': 'block' } },
  'output-markdown': { actions: { output: 'redact', 'tool-call': 'block' } },
  exfiltration: { actions: { output: 'redact', 'tool-call': 'block' } },
  'code-output': { actions: { output: 'monitor', 'tool-call': 'monitor' } },
  // Says nothing until the policy file has `tools:`.
  'tool-policy': {
    actions: { 'tool-call': 'block' },
    rules: { 'unknown-tool': 'review', 'approval-required': 'review' },
  },
  'data-flow': {
    actions: { 'tool-call': 'review' },
    rules: { 'secret-to-sink': 'block', 'rule-of-two': 'monitor' },
  },
}
