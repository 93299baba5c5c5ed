import {
  array,
  boolean,
  either,
  from,
  gated,
  integer,
  json,
  jsonText,
  link,
  number,
  object,
  opaque,
  record,
  text,
  variants,
  word,
} from '../shape.ts'
import type { Shape } from '../shape.ts'

const cacheBreakpoint = object({ 'mode!': word('explicit') })
const textPart = object({ 'type!': word('text'), 'text!': text, prompt_cache_breakpoint: cacheBreakpoint })
const refusalPart = object({ 'type!': word('refusal'), 'refusal!': text })
const imagePart = object({
  'type!': word('image_url'),
  'image_url!': object({ 'url!': link, detail: word('auto', 'low', 'high') }),
  prompt_cache_breakpoint: cacheBreakpoint,
})
const audioPart = object({
  'type!': word('input_audio'),
  'input_audio!': object({ 'data!': opaque, 'format!': word('wav', 'mp3') }),
  prompt_cache_breakpoint: cacheBreakpoint,
})
const filePart = object({
  'type!': word('file'),
  // An id names a file that never passed a gate.
  'file!': object({ file_data: opaque, file_id: gated('stored-conversation', text), filename: text }),
  prompt_cache_breakpoint: cacheBreakpoint,
})

const MAX_PARTS = 1024
const textContent = either(text, array(variants('type', { text: textPart }), MAX_PARTS))
const userContent = either(
  text,
  array(
    variants('type', {
      text: textPart,
      image_url: gated('image', imagePart),
      input_audio: gated('audio', audioPart),
      file: gated('file', filePart),
    }),
    MAX_PARTS,
  ),
)
const assistantContent = either(text, array(variants('type', { text: textPart, refusal: refusalPart }), MAX_PARTS))

const functionCall = object({ 'name!': text, 'arguments!': jsonText })
const toolCall = variants('type', {
  function: object({ 'id!': text, 'type!': word('function'), 'function!': functionCall }),
  custom: object({ 'id!': text, 'type!': word('custom'), 'custom!': object({ 'name!': text, 'input!': text }) }),
})

const message = variants('role', {
  developer: from('input', 'developer', object({ 'role!': word('developer'), 'content!': textContent, name: text })),
  system: from('input', 'developer', object({ 'role!': word('system'), 'content!': textContent, name: text })),
  user: from('input', 'user', object({ 'role!': word('user'), 'content!': userContent, name: text })),
  assistant: from(
    'input',
    'model',
    object({
      'role!': word('assistant'),
      'content?': assistantContent,
      'refusal?': text,
      // Not OpenAI's: how DeepSeek, vLLM and OpenRouter carry the model's reasoning back.
      'reasoning_content?': text,
      'reasoning?': text,
      name: text,
      // The id of a spoken answer kept by the provider, which never passed a gate.
      'audio?': gated('stored-conversation', object({ 'id!': text })),
      'function_call?': functionCall,
      'tool_calls?': array(toolCall, 256),
    }),
  ),
  tool: from('tool-result', 'tool', object({ 'role!': word('tool'), 'content!': textContent, 'tool_call_id!': text })),
  function: from('tool-result', 'tool', object({ 'role!': word('function'), 'content?': text, 'name!': text })),
})

const namedFunction = object({ 'type!': word('function'), 'function!': object({ 'name!': text }) })
const namedCustom = object({ 'type!': word('custom'), 'custom!': object({ 'name!': text }) })

const tool = variants('type', {
  function: object({
    'type!': word('function'),
    'function!': object({ 'name!': text, description: text, parameters: json, 'strict?': boolean }),
  }),
  custom: object({
    'type!': word('custom'),
    'custom!': object({
      'name!': text,
      description: text,
      format: variants('type', {
        text: object({ 'type!': word('text') }),
        grammar: object({
          'type!': word('grammar'),
          'grammar!': object({ 'definition!': text, 'syntax!': word('lark', 'regex') }),
        }),
      }),
    }),
  }),
})

const allowedTools = object({
  'type!': word('allowed_tools'),
  'allowed_tools!': object({ 'mode!': word('auto', 'required'), 'tools!': array(json, 256) }),
})

const responseFormat = variants('type', {
  text: object({ 'type!': word('text') }),
  json_object: object({ 'type!': word('json_object') }),
  json_schema: object({
    'type!': word('json_schema'),
    'json_schema!': object({ 'name!': text, description: text, schema: json, 'strict?': boolean }),
  }),
})

const moderationMode = object({ 'mode!': word('score', 'block') })

/**
 * Every field of a request to `/v1/chat/completions`. Tool definitions count as written by a third party (`tool`): their
 * text often comes from an MCP server the caller did not write, and origin may always be lowered.
 */
export const chatRequestShape: Shape = from(
  'input',
  'user',
  object({
    // Not scanned: it must be one of the configured names before anything else happens.
    'model!': opaque,
    'messages!': array(message, 4096),
    audio: gated(
      'audio',
      object({
        'format!': word('wav', 'aac', 'mp3', 'flac', 'opus', 'pcm16'),
        'voice!': either(text, object({ 'id!': text })),
      }),
    ),
    frequency_penalty: number(-2, 2),
    function_call: either(text, object({ 'name!': text })),
    functions: from('input', 'tool', array(object({ 'name!': text, description: text, parameters: json }), 256)),
    logit_bias: { kind: 'table', key: /^\d{1,7}$/, value: number(-100, 100), max: 4096 },
    logprobs: boolean,
    max_completion_tokens: integer(0, 100_000_000),
    max_tokens: integer(0, 100_000_000),
    metadata: record(text, 64),
    modalities: gated(
      'audio',
      array(word('text', 'audio'), 2),
      (value) => Array.isArray(value) && value.includes('audio'),
    ),
    moderation: object({
      'model!': text,
      'policy?': object({ 'input?': moderationMode, 'output?': moderationMode }),
    }),
    n: integer(1, 128),
    parallel_tool_calls: boolean,
    prediction: object({ 'type!': word('content'), 'content!': textContent }),
    presence_penalty: number(-2, 2),
    prompt_cache_key: text,
    prompt_cache_options: object({ mode: word('implicit', 'explicit'), ttl: word('30m') }),
    prompt_cache_retention: word('in_memory', 'in-memory', '24h'),
    reasoning_effort: word('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
    response_format: from('input', 'developer', responseFormat),
    safety_identifier: text,
    seed: integer(),
    service_tier: word('auto', 'default', 'flex', 'scale', 'priority'),
    stop: either(text, array(text, 16)),
    store: gated('stored-conversation', boolean, (value) => value === true),
    stream: boolean,
    stream_options: object({ include_obfuscation: boolean, include_usage: boolean }),
    temperature: number(0, 2),
    tool_choice: either(
      word('none', 'auto', 'required'),
      variants('type', { function: namedFunction, custom: namedCustom, allowed_tools: allowedTools }),
    ),
    tools: from('input', 'tool', array(tool, 256)),
    top_logprobs: integer(0, 20),
    top_p: number(0, 1),
    user: text,
    verbosity: word('low', 'medium', 'high'),
    web_search_options: gated(
      'hosted-tool',
      object({
        search_context_size: word('low', 'medium', 'high'),
        'user_location?': object({
          'type!': word('approximate'),
          'approximate!': object({ city: text, country: text, region: text, timezone: text }),
        }),
      }),
    ),
  }),
)
