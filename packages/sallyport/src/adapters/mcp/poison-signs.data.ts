/**
 * What has no place in a definition: it describes a tool to a model and never needs to give orders about the user, about
 * files of the user or about other tools. Read beside the prompt-injection guard, on folded text (lower case, without
 * invisible characters). Patterns are bounded.
 */
export const POISON_SIGNS: readonly { readonly code: string; readonly pattern: RegExp; readonly reason: string }[] = [
  {
    code: 'hides-from-user',
    pattern:
      /\b(?:do not|don't|never|without|must not|should not|avoid)\s{1,3}(?:ever\s{1,3})?(?:mention|tell|telling|inform|informing|notify|notifying|alert|reveal|show|disclose|ask|asking)\w{0,4}\b[^.\n]{0,60}\buser/u,
    reason: 'It asks to keep something from the user.',
  },
  {
    code: 'reads-secrets',
    pattern:
      /(?:~\/\.|\$home\/\.|\.ssh\/|\bid_(?:rsa|ed25519)\b|\bmcp\.json\b|\.cursor\/|\.aws\/credentials|\.env\b(?!ironment)|\/etc\/(?:passwd|shadow)\b)/u,
    reason: 'It names files where credentials lie.',
  },
  {
    code: 'order-tag',
    pattern: /<\/?\s{0,3}(?:important|system|instructions?|secret|hidden|critical|assistant|admin)\b[^>\n]{0,60}>/u,
    reason: 'It holds a tag that marks orders to the model.',
  },
  {
    code: 'orders-other-tools',
    pattern:
      /\b(?:before|after|when(?:ever)?|instead of|prior to)\s{1,3}(?:you\s{1,3})?(?:us|call|invok|execut|runn?)(?:e|ing)?\s{1,3}(?:any|all|every|each|other|another|the other)\s{1,3}(?:other\s{1,3})?tools?\b/u,
    reason: 'It gives orders about other tools.',
  },
  {
    code: 'forced-call',
    pattern:
      /\b(?:must|always)\s{1,3}(?:first\s{1,3})?(?:be\s{1,3})?(?:call|invoke|run|execute)(?:ed|d)?\b[^.\n]{0,40}\b(?:before|prior to|first)\b[^.\n]{0,30}\b(?:any|all|every|other)\b/u,
    reason: 'It wants to be called before anything else.',
  },
]
