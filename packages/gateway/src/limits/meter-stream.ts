import type { Admitted } from 'sallyport/limits'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import { characters, promptTokens, tokensOf, usedTokens } from './count-tokens.ts'

/**
 * The same chunks, counted: settles the admission when the stream is over, however it ends. Without a count of the
 * upstream's, and when the caller hangs up, by the prompt and what was streamed so far.
 */
export async function* meterStream(
  chunks: AsyncIterable<JsonValue>,
  request: JsonObject,
  admitted: Admitted,
): AsyncGenerator<JsonValue> {
  let counted: number | undefined
  let streamed = 0
  try {
    for await (const chunk of chunks) {
      counted = usedTokens(chunk) ?? counted
      streamed += characters((chunk as JsonObject | null)?.['choices'])
      yield chunk
    }
  } finally {
    admitted.settle(counted ?? promptTokens(request) + tokensOf(streamed))
  }
}
