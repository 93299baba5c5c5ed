/** What data-flow can have against a call, one sentence each. */
export const CODES = {
  'unknown-conversation': 'What the model read before the call is not known, so the worst is assumed.',
  'untrusted-argument': 'Untrusted text was read, and an argument is no value that the user or developer gave.',
  'untrusted-call': 'Untrusted text was read, and nothing in the call is a value that the user or developer gave.',
  'untrusted-pointer': 'Text that the model wrote points to an address that the user and developer did not give.',
  'private-to-sink': 'Private data was read, and the call goes where the user did not say.',
  'secret-to-sink': 'Secret data was read, and the call leaves the system.',
  'rule-of-two': 'Untrusted text and private data were read, and the call changes something.',
} as const satisfies Readonly<Record<string, string>>
