/** Words that people write where a secret goes. Bounded, so that a random value which contains `test` is not lost. */
const PLACEHOLDER_WORDS =
  /example|placeholder|change[-_ ]?me|changeit|your[-_ ]|<your|yourapi|yourtoken|yoursecret|yourpassword|insert[-_ ]|replace[-_ ]|dummy|redacted|removed|not[-_ ]?a[-_ ]?real|todo|fixme|lorem|foobar|(?:^|[-_])(?:my|the|some|fake|test|sample|mock|new|old|api|secret|default)[-_]?(?:api|access|secret|auth|client|private|super|fake|real|user|db)?[-_]?(?:key|token|secret|password|pass|value)(?:[-_]?\d{0,4})?$|(?:key|token|secret|password)[-_]here|^(?:password|passwd|secret|token|apikey|value|string|none|null|undefined|true|false|admin|root|user|pass|test)\d{0,3}$/i

/** Templates and references: `${VAR}`, `$VAR`, `{{ value }}`, `<token>`, `%s`, `$(command)`, `process.env.KEY`, our own `[code]`. */
const REFERENCE =
  /^\[[\w: -]{1,60}\]?$|^\$[A-Za-z_({[]|\$\{[\w.:-]{1,60}\}|\$\{\{|\{\{[\w.$ "'|-]{1,80}\}\}|\$\([^)\n]{1,80}\)|\.{2}|<[^<>\n]{0,60}>|^%[a-z(]|^%\w{1,40}%$|^@\w{1,40}@$|^\{[A-Za-z _.-]{1,60}\}$|process\.env|os\.environ|getenv|^env\.|^env\[|^vault:|^ENC\[|^secrets?[./]|^\*{3}/i

/** A run of one character: `xxxx`, `****`, `0000`, `....`. */
const FILLER = /([xX*.#?])\1{3}|([_-])\2{6}/

/** True for what stands in documents and templates where a secret would go. */
export function isPlaceholder(value: string): boolean {
  return REFERENCE.test(value) || PLACEHOLDER_WORDS.test(value) || FILLER.test(value)
}

/** True for values people type by running along the alphabet or by repeating a block: `abc123abc123`, `12345678`. */
export function isSequence(value: string): boolean {
  const text = value.toLowerCase().replace(/[^a-z0-9]/g, '')
  return text.length < 4 || /(.)\1{6}/.test(text) || stridden(text) * 2 >= text.length || isRepeated(text)
}

/** How many characters lie in runs where each follows the one before (`cdefg`, `4567`), wrapped at the ends. */
function stridden(text: string): number {
  let sum = 0
  let current = 1
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    const wraps =
      (text[index - 1] === '9' && (text[index] === '0' || text[index] === 'a')) ||
      (text[index - 1] === 'f' && text[index] === '0')
    if (step === 1 || wraps) current += 1
    else {
      if (current >= 4) sum += current
      current = 1
    }
  }
  return current >= 4 ? sum + current : sum
}

function isRepeated(text: string): boolean {
  for (const period of [1, 2, 3, 4, 5, 6, 8, 10, 12, 16]) {
    if (period * 2 > text.length) return false
    const block = text.slice(0, period)
    if (text === block.repeat(Math.ceil(text.length / period)).slice(0, text.length)) return true
  }
  return false
}
