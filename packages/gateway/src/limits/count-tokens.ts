import type { JsonObject, JsonValue } from '../json/parse-json.ts'

// A reservation should rather be too large: it is settled by what the upstream counted. Real text has about four
// characters a token in English, fewer in most other languages.
const CHARACTERS_PER_TOKEN = 3
const ANSWER_TOKENS = 1_024

/** Tokens a chat request may use at most, as far as one can tell before: its text and what it allows the answer. */
export function estimateTokens(request: JsonObject): number {
  const bound = request['max_completion_tokens'] ?? request['max_tokens']
  const choices = typeof request['n'] === 'number' ? request['n'] : 1
  return promptTokens(request) + (typeof bound === 'number' ? bound : ANSWER_TOKENS) * choices
}

export function promptTokens(request: JsonObject): number {
  return tokensOf(characters(request['messages']) + characters(request['tools']) + characters(request['functions']))
}

export function tokensOf(characterCount: number): number {
  return Math.ceil(characterCount / CHARACTERS_PER_TOKEN)
}

/** What the upstream says the request used, or undefined. */
export function usedTokens(answer: JsonValue): number | undefined {
  const usage = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer['usage'] : undefined
  if (typeof usage !== 'object' || usage === null || Array.isArray(usage)) return undefined
  const total = usage['total_tokens']
  return typeof total === 'number' && Number.isSafeInteger(total) && total >= 0 ? Math.min(total, 1e9) : undefined
}

/** Tokens of one call, as far as the upstream counted them. */
export interface TokenUsage {
  readonly input: number
  readonly output: number
}

/** What the upstream counted for prompt and answer; undefined when it said nothing that could be. */
export function tokenUsage(answer: JsonValue): TokenUsage | undefined {
  const usage = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer['usage'] : undefined
  if (typeof usage !== 'object' || usage === null || Array.isArray(usage)) return undefined
  const { prompt_tokens: input, completion_tokens: output } = usage
  return isCount(input) && isCount(output) ? { input, output } : undefined
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 1e9
}

/** Characters of all texts within. */
export function characters(value: JsonValue | undefined): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let sum = 0
  for (const each of Array.isArray(value) ? value : Object.values(value)) sum += characters(each)
  return sum
}
