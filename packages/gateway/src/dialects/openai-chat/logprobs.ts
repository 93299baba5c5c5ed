import type { JsonObject, JsonValue } from '../../json/parse-json.ts'

/**
 * True when the tokens of `logprobs` say exactly the text that was scanned and their bytes are theirs, so that they
 * cannot carry anything past the gate. (Tokens that hold part of a character never do, and are dropped with the rest.)
 */
export function logprobsMatch(
  logprobs: JsonValue | undefined,
  texts: Readonly<Record<'content' | 'refusal', string>>,
): boolean {
  if (logprobs === null || logprobs === undefined) return true
  if (!isObject(logprobs)) return false
  return (['content', 'refusal'] as const).every((field) => {
    const tokens = logprobs[field]
    if (tokens === null || tokens === undefined) return true
    if (!Array.isArray(tokens)) return false
    return tokens.map(tokenOf).join('') === texts[field] && tokens.every(bytesMatch)
  })
}

/**
 * The alternatives the model weighed, as texts to be scanned: one text per rank, because a run of second choices can
 * spell what the first choices do not. Undefined when bytes and tokens disagree, so that one of them is unread.
 */
export function alternativeTexts(logprobs: JsonValue | undefined): readonly string[] | undefined {
  if (!isObject(logprobs)) return []
  const ranks: string[] = []
  for (const field of ['content', 'refusal']) {
    const tokens = logprobs[field]
    if (!Array.isArray(tokens)) continue
    for (const token of tokens) {
      const alternatives = isObject(token) ? token['top_logprobs'] : undefined
      if (!Array.isArray(alternatives)) continue
      for (const [rank, alternative] of alternatives.entries()) {
        if (!bytesMatch(alternative)) return undefined
        ranks[rank] = (ranks[rank] ?? '') + tokenOf(alternative)
      }
    }
  }
  return ranks
}

function tokenOf(value: JsonValue): string {
  const token = isObject(value) ? value['token'] : undefined
  return typeof token === 'string' ? token : ''
}

function bytesMatch(value: JsonValue): boolean {
  const bytes = isObject(value) ? value['bytes'] : undefined
  if (bytes === null || bytes === undefined) return true
  return Array.isArray(bytes) && Buffer.from(bytes as number[]).equals(Buffer.from(tokenOf(value), 'utf8'))
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
