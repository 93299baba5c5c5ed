/** What tool-policy can have against a call, one sentence each. */
export const CODES = {
  'unknown-tool': 'The tool is not in the policy file.',
  'tool-blocked': 'The policy file blocks the tool.',
  'approval-required': 'A person decides about each call of the tool.',
  'caller-not-allowed': 'The caller may not use the tool.',
  'argument-schema': 'The arguments do not fit the JSON Schema of the policy file.',
  'argument-rule': 'An argument does not keep to its rule.',
  'path-outside-root': 'A path does not lie in an allowed folder.',
  'host-not-allowed': 'A URL names a host or scheme that is not allowed.',
  'recipient-not-allowed': 'A recipient is not on the list.',
  'call-limit': 'The caller used the tool as often as allowed.',
  'spend-limit': 'The amounts of the caller add up to more than allowed.',
} as const satisfies Readonly<Record<string, string>>
