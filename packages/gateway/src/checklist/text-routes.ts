import type { Answer, Target } from './target.ts'

/** A route that takes text to a model or a gate, and how to read its answer. */
export interface TextRoute {
  readonly name: string
  readonly path: (target: Target) => string
  readonly body: (target: Target, text: string) => object
  /** What a person would get to see. */
  readonly read: (answer: Answer) => string
  /** A gate stood in the way. */
  readonly isRefused: (answer: Answer) => boolean
  /** Only where this is known to be a Sallyport gateway. */
  readonly onlySallyport?: true
  /** Answers with what a model said, so that outputs can be judged. */
  readonly hasModel: boolean
}

/** Every route that is probed; those that are not there (404, 405) are left out. */
export const TEXT_ROUTES: readonly TextRoute[] = [
  {
    name: 'chat completions',
    path: ({ prefix }) => `${prefix}/chat/completions`,
    body: ({ model }, text) => ({ model, messages: [{ role: 'user', content: text }] }),
    read: ({ json }) => textAt(json, ['choices', 0, 'message', 'content']),
    isRefused: isFiltered,
    hasModel: true,
  },
  {
    name: 'chat completions, streamed',
    path: ({ prefix }) => `${prefix}/chat/completions`,
    body: ({ model }, text) => ({ model, stream: true, messages: [{ role: 'user', content: text }] }),
    read: ({ text }) => readStream(text),
    isRefused: (answer) => isFiltered(answer) || answer.text.includes('"content_filter"'),
    hasModel: true,
  },
  {
    name: 'responses',
    path: ({ prefix }) => `${prefix}/responses`,
    body: ({ model }, text) => ({ model, input: text, store: false }),
    read: ({ json }) => textAt(json, ['output', 0, 'content', 0, 'text']),
    isRefused: isFiltered,
    hasModel: true,
  },
  {
    name: 'messages',
    path: ({ prefix }) => `${prefix}/messages`,
    body: ({ model }, text) => ({ model, max_tokens: 200, messages: [{ role: 'user', content: text }] }),
    read: ({ json }) => textAt(json, ['content', 0, 'text']),
    isRefused: isFiltered,
    hasModel: true,
  },
  {
    name: 'embeddings',
    path: ({ prefix }) => `${prefix}/embeddings`,
    body: ({ model }, text) => ({ model, input: text }),
    read: () => '',
    isRefused: isFiltered,
    hasModel: false,
  },
  {
    name: 'guard',
    path: ({ prefix }) => `${prefix}/guard`,
    body: (_, text) => ({ text }),
    read: ({ json }) => textAt(json, ['text']),
    isRefused: (answer) => isFiltered(answer) || textAt(answer.json, ['action']) === 'block',
    onlySallyport: true,
    hasModel: false,
  },
]

/** 4xx with a word about content, or an ordinary answer that says it was filtered. */
export function isFiltered({ status, json, text }: Answer): boolean {
  if (status === 200) {
    const reason = textAt(json, ['choices', 0, 'finish_reason']) || textAt(json, ['stop_reason'])
    return reason === 'content_filter' || reason === 'refusal'
  }
  return (
    (status === 400 || status === 403 || status === 422) &&
    /content_filter|content_policy|blocked|guardrail|refused|not allowed|injection/i.test(text)
  )
}

export function textAt(value: unknown, path: readonly (string | number)[]): string {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return ''
    at = (at as Readonly<Record<string, unknown>>)[step]
  }
  return typeof at === 'string' ? at : ''
}

function readStream(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => {
      try {
        return textAt(JSON.parse(line.slice('data: '.length)), ['choices', 0, 'delta', 'content'])
      } catch {
        return ''
      }
    })
    .join('')
}
