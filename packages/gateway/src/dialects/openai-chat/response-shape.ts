import {
  array,
  from,
  gated,
  integer,
  jsonText,
  number,
  object,
  opaque,
  text,
  variants,
  word,
  wordOr,
} from '../shape.ts'
import type { Shape } from '../shape.ts'

const MAX_CHOICES = 128
const finishReason = wordOr('stop', 'length', 'tool_calls', 'content_filter', 'function_call')
const serviceTier = word('auto', 'default', 'flex', 'scale', 'priority')

const count = integer(0)
export const usageShape: Shape = object({
  'completion_tokens!': count,
  'prompt_tokens!': count,
  'total_tokens!': count,
  completion_tokens_details: object({
    accepted_prediction_tokens: count,
    audio_tokens: count,
    reasoning_tokens: count,
    rejected_prediction_tokens: count,
  }),
  prompt_tokens_details: object({ audio_tokens: count, cache_write_tokens: count, cached_tokens: count }),
})

const tokenBytes = array(integer(0, 255), 4096)
const topLogprob = object({ 'token!': opaque, 'logprob!': number(), 'bytes?': tokenBytes })
const tokenLogprob = object({
  'token!': opaque,
  'logprob!': number(),
  'bytes?': tokenBytes,
  'top_logprobs!': array(topLogprob, 20),
})
/** Tokens are not scanned here: `logprobs.ts` holds them against the scanned text. */
export const logprobsShape: Shape = object({
  'content?': array(tokenLogprob, 1_000_000),
  'refusal?': array(tokenLogprob, 1_000_000),
})

const functionCall = object({ 'arguments!': jsonText, 'name!': text })

const toolCall = from(
  'tool-call',
  'model',
  variants('type', {
    function: object({ 'id!': text, 'type!': word('function'), 'function!': functionCall }),
    custom: object({ 'id!': text, 'type!': word('custom'), 'custom!': object({ 'input!': text, 'name!': text }) }),
  }),
)

/** Tool calls of a stream, put together. */
export const toolCallsShape: Shape = from(
  'tool-call',
  'model',
  object({ 'tool_calls!': array(toolCall, 256), function_call: functionCall }),
)

const annotation = object({
  'type!': word('url_citation'),
  'url_citation!': object({ 'end_index!': count, 'start_index!': count, 'title!': text, 'url!': text }),
})

const message = object({
  'content?': text,
  'refusal?': text,
  // Not OpenAI's: the reasoning fields of DeepSeek, vLLM and OpenRouter.
  'reasoning_content?': text,
  'reasoning?': text,
  'role!': wordOr('assistant'),
  annotations: array(annotation, 1024),
  'audio?': gated('audio', object({ 'id!': text, 'data!': opaque, 'expires_at!': integer(), 'transcript!': text })),
  'function_call?': from('tool-call', 'model', functionCall),
  tool_calls: array(toolCall, 256),
})

/** Every field of an answer of `/v1/chat/completions` that is passed on; all else is dropped. */
export const chatResponseShape: Shape = from(
  'output',
  'model',
  object({
    // The answer gets an id of ours: the upstream's is a text nobody could gate without breaking it.
    'choices!': array(
      object({
        'finish_reason!': finishReason,
        'index!': integer(0, MAX_CHOICES - 1),
        'logprobs?': logprobsShape,
        'message!': message,
      }),
      MAX_CHOICES,
    ),
    'created!': integer(0),
    model: opaque,
    system_fingerprint: opaque,
    'service_tier?': serviceTier,
    usage: usageShape,
  }),
)

/**
 * The fields of one streamed chunk. Texts in it are gated by `ChatStreamGate`, which sees them grow; the shape here only
 * lists what is read. `obfuscation` is padding and dropped.
 */
export const chatChunkShape: Shape = object({
  'choices!': array(
    object({
      'delta!': object({
        'content?': opaque,
        'refusal?': opaque,
        'reasoning_content?': opaque,
        'reasoning?': opaque,
        role: wordOr('assistant'),
        function_call: object({ arguments: opaque, name: opaque }),
        tool_calls: array(
          object({
            'index!': integer(0, 255),
            id: opaque,
            type: word('function', 'custom'),
            function: object({ arguments: opaque, name: opaque }),
            custom: object({ input: opaque, name: opaque }),
          }),
          256,
        ),
      }),
      'finish_reason?': finishReason,
      'index!': integer(0, MAX_CHOICES - 1),
      'logprobs?': logprobsShape,
    }),
    MAX_CHOICES,
  ),
  created: integer(0),
  model: opaque,
  system_fingerprint: opaque,
  'service_tier?': serviceTier,
  'usage?': usageShape,
})
