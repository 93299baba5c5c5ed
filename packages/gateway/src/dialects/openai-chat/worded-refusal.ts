import type { JsonObject } from '../../json/parse-json.ts'

export interface WordedRefusal {
  readonly requestId: string
  readonly model: string
  /** The operator's wording. */
  readonly message: string
}

/** A refusal that looks like an ordinary answer, for operators whose clients cannot show errors. */
export function wordedRefusal({ requestId, model, message }: WordedRefusal): JsonObject {
  return {
    ...head(requestId, model),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content: message, refusal: null },
      },
    ],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  }
}

/** The same as a stream. */
export async function* wordedRefusalChunks({ requestId, model, message }: WordedRefusal): AsyncGenerator<JsonObject> {
  const start = { ...head(requestId, model), object: 'chat.completion.chunk' }
  const delta = { role: 'assistant', content: message }
  yield { ...start, choices: [{ index: 0, delta, logprobs: null, finish_reason: null }] }
  yield { ...start, choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }] }
}

function head(requestId: string, model: string): JsonObject {
  return { id: `chatcmpl-${requestId}`, created: Math.floor(Date.now() / 1_000), model }
}
