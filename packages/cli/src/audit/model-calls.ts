import type { ModelCall } from '@sallyport/gateway/checklist'
import type { TextFile } from '../scan/text-file.ts'
import { LineIndex } from '../scan/text-file.ts'

/** How a call to a model looks in JavaScript, TypeScript and Python. */
const CALLS: readonly RegExp[] = [
  /\bnew (?:OpenAI|AzureOpenAI|Anthropic|GoogleGenerativeAI|GoogleGenAI|Mistral|Groq|Cohere\w*|ChatOpenAI|ChatAnthropic)\s*\(/g,
  /\b(?:OpenAI|AsyncOpenAI|AzureOpenAI|Anthropic|AsyncAnthropic|ChatOpenAI|ChatAnthropic)\((?=[^)]{0,400}\))/g,
  /\bcreate(?:OpenAI|Anthropic|GoogleGenerativeAI|OpenAICompatible|Mistral|Groq)\s*\(/g,
  /https:\/\/(?:api\.openai\.com\/v1|api\.anthropic\.com\/v1|generativelanguage\.googleapis\.com|api\.mistral\.ai\/v1|api\.groq\.com\/openai)/g,
]

const CODE = /\.(?:[cm]?[jt]sx?|py)$/
const GATED = /from ['"](?:sallyport|@sallyport\/)[\w/-]*['"]|\bwithSallyport\b|\bcreateSecureAgent\b/
const CHOSEN_URL = /\b(?:baseURL|base_url|baseUrl|basePath|endpoint)\b/
const SCHEMA =
  /\b(?:response_format|responseFormat|output_schema|response_model|generateObject|streamObject|Output\.object|withStructuredOutput|with_structured_output|zodResponseFormat|responseSchema|ioSchema|createSecureAgent|AtomicAgent)\b/
/** Characters after a constructor in which its options stand. */
const OPTIONS_REACH = 500

/** Calls to models in a file of code, at most one a line. Comments and strings of documentation are not told apart. */
export function findModelCalls({ path, text }: TextFile): readonly ModelCall[] {
  if (!CODE.test(path)) return []
  const found = new Map<number, ModelCall>()
  let index: LineIndex | undefined
  for (const pattern of CALLS) {
    for (const match of text.matchAll(pattern)) {
      index ??= new LineIndex(text)
      const { line, column } = index.at(match.index)
      const before = text.slice(match.index - column + 1, match.index)
      if (/^\s*(?:\/\/|\/?\*|#|import\b|from\b|class\b)/.test(before) || /\bclass\s$/.test(before)) continue
      const options = text.slice(match.index, match.index + OPTIONS_REACH)
      const isUrl = match[0].startsWith('https:')
      const way = GATED.test(text) ? 'gated' : !isUrl && CHOSEN_URL.test(options) ? 'chosen-url' : 'direct'
      const known = found.get(line)
      if (known?.way === 'direct') continue
      // An address alone says nothing about what is asked for.
      found.set(line, { file: path, line, way, hasSchema: isUrl || SCHEMA.test(text) })
    }
  }
  return [...found.values()].toSorted((a, b) => a.line - b.line)
}
