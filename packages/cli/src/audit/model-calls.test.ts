import { describe, expect, it } from 'vitest'
import { findModelCalls } from './model-calls.ts'

type Row = readonly [what: string, path: string, text: string, way: 'direct' | 'chosen-url' | 'gated']

const OPENAI = "import OpenAI from 'openai'\n"
const GUARDED = `${OPENAI}import { guardOpenAI } from 'sallyport/openai'\n`

const CALLS: readonly Row[] = [
  ['a client', 'a.ts', `${OPENAI}const c = new OpenAI({ apiKey })`, 'direct'],
  [
    'a client under another name',
    'a.js',
    "import { OpenAI as Client } from 'openai'\nconst c = new Client()",
    'direct',
  ],
  ['a client of CommonJS', 'a.cjs', "const OpenAI = require('openai')\nconst c = new OpenAI()", 'direct'],
  ['a client nobody imports', 'a.ts', 'const c = new OpenAI({ apiKey })', 'direct'],
  ['a client in a component', 'a.vue', `<script setup>\n${OPENAI}const c = new OpenAI()\n</script>`, 'direct'],
  [
    'a base URL of a provider',
    'a.ts',
    `${OPENAI}const c = new OpenAI({ baseURL: 'https://api.deepseek.com' })`,
    'direct',
  ],
  ['a word about an endpoint far away', 'a.ts', `${OPENAI}const c = new OpenAI()\nconst endpoint = mail()`, 'direct'],
  ['a base URL in a comment', 'a.ts', `${OPENAI}const c = new OpenAI({ apiKey /* baseURL */ })`, 'direct'],
  ['a base URL', 'a.ts', `${OPENAI}const c = new OpenAI({ baseURL: process.env.LLM_URL, apiKey })`, 'chosen-url'],
  [
    'a base URL in options put together before',
    'a.ts',
    `${OPENAI}const options = { baseURL: url }\nconst c = new OpenAI(options)`,
    'chosen-url',
  ],
  [
    'a model of the AI SDK',
    'a.ts',
    "import { anthropic } from '@ai-sdk/anthropic'\nstreamText({ model: anthropic('x'), prompt })",
    'direct',
  ],
  [
    'a model that is a text',
    'a.ts',
    "import { generateText } from 'ai'\ngenerateText({ model: 'openai/gpt-4o', prompt })",
    'direct',
  ],
  [
    'a model of LangChain',
    'a.ts',
    "import { ChatGoogleGenerativeAI } from '@langchain/google-genai'\nconst m = new ChatGoogleGenerativeAI({})",
    'direct',
  ],
  [
    'Bedrock',
    'a.ts',
    "import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'\nconst c = new BedrockRuntimeClient({})",
    'direct',
  ],
  ['an address', 'a.js', "await fetch('https://api.openai.com/v1/chat/completions')", 'direct'],
  ['an address put together', 'a.ts', "const BASE = 'https://api.openai.com'\nawait fetch(`${BASE}/v1/x`)", 'direct'],
  ['an address for others', 'a.ts', "export const BASE = 'https://eu.api.openai.com/v1'", 'direct'],
  ['an address in Go', 'a.go', 'http.Post("https://api.openai.com/v1/chat/completions", kind, body)', 'direct'],
  ['an address in a shell', 'a.sh', 'curl https://api.anthropic.com/v1/messages', 'direct'],
  ['Python', 'a.py', 'from openai import OpenAI\nclient = OpenAI()', 'direct'],
  ['the module of Python', 'a.py', 'import openai\nopenai.chat.completions.create(model=m)', 'direct'],
  ['Azure in Python', 'a.py', 'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint=E)', 'direct'],
  ['another provider in Python', 'a.py', 'import anthropic\nc = anthropic.Anthropic()', 'direct'],
  ['a module taken from a package', 'a.py', 'from google import genai\nc = genai.Client()', 'direct'],
  ['LiteLLM', 'a.py', 'from litellm import completion\ncompletion(model=m)', 'direct'],
  ['Bedrock in Python', 'a.py', "import boto3\nc = boto3.client('bedrock-runtime')", 'direct'],
  ['LangChain in Python', 'a.py', 'from langchain_openai import ChatOpenAI\nm = ChatOpenAI()', 'direct'],
  ['Python with a base URL', 'a.py', 'from openai import AsyncOpenAI\nc = AsyncOpenAI(base_url=URL)', 'chosen-url'],
  ['a wrapped client', 'a.ts', `${GUARDED}const c = guardOpenAI(new OpenAI())`, 'gated'],
  ['a client wrapped later', 'a.ts', `${GUARDED}const raw = new OpenAI()\nconst c = guardOpenAI(raw)`, 'gated'],
  [
    'a wrapped model',
    'a.ts',
    "import { openai } from '@ai-sdk/openai'\nimport { guardLanguageModel } from 'sallyport/ai-sdk'\nconst m = guardLanguageModel(openai('x'))",
    'gated',
  ],
  [
    'a gated route',
    'a.ts',
    `${OPENAI}import { guardRoute } from 'sallyport/http'\nconst c = new OpenAI()\nexport const POST = guardRoute(run)`,
    'gated',
  ],
  [
    'a text that is checked',
    'a.ts',
    `${OPENAI}import { createShield } from 'sallyport'\nconst c = new OpenAI()\nawait createShield().check({ text })`,
    'gated',
  ],
  [
    'a client beside a wrapped one',
    'a.ts',
    `${GUARDED}const fast = new OpenAI()\nconst c = guardOpenAI(other)`,
    'direct',
  ],
  [
    'another part of the library',
    'a.ts',
    `${OPENAI}import { sanitizeFor } from 'sallyport/sinks'\nnew OpenAI()`,
    'direct',
  ],
  [
    'a wrapper in a comment',
    'a.ts',
    `${OPENAI}// import { guardOpenAI } from 'sallyport/openai'\nnew OpenAI()`,
    'direct',
  ],
]

const NO_CALLS: readonly (readonly [what: string, path: string, text: string])[] = [
  ['a comment', 'a.ts', '// new OpenAI() is what we avoid\n/*\nconst c = new OpenAI()\n*/'],
  ['a text', 'a.ts', "export const help = 'Write new OpenAI() to start.'"],
  ['a document', 'a.md', 'new OpenAI()'],
  ['documentation in Python', 'a.py', '"""\nclient = OpenAI()\n"""\nx = 1  # OpenAI()'],
  ['a class of that name', 'a.ts', 'class OpenAI {}\nconst c = new OpenAI()'],
  ['a class of that name in Python', 'a.py', 'class OpenAI(Base):\n    pass'],
  ['a name from the project', 'a.ts', "import { OpenAI } from './gated-client'\nconst c = new OpenAI()"],
  ['a type', 'a.ts', "import type OpenAI from 'openai'\nlet c: OpenAI"],
  ['an address that nobody calls', 'a.ts', "const ALLOWED = ['https://api.openai.com/v1']"],
  ['a function of that name', 'a.ts', "await completion({ model: 'x' })"],
  ['what somebody accepted', 'a.ts', `${OPENAI}// sallyport-ignore gate-bypass -- wrapped in agent.ts\nnew OpenAI()`],
]

describe('calls to models in a source tree', () => {
  it.each(CALLS)('reads %s', (_, path, text, way) => {
    expect(findModelCalls({ path, text }).map((call) => call.way)).toContain(way)
    expect(findModelCalls({ path, text }).some((call) => call.way === 'direct')).toBe(way === 'direct')
  })

  it.each(NO_CALLS)('leaves out %s', (_, path, text) => {
    expect(findModelCalls({ path, text })).toEqual([])
  })

  it('says on which line, and whether the file asks for a schema', () => {
    const text = `${OPENAI}\n\nconst c = new OpenAI()\nawait c.chat.completions.create({ response_format })`
    expect(findModelCalls({ path: 'a.ts', text })).toEqual([{ file: 'a.ts', line: 4, way: 'direct', hasSchema: true }])
  })
})
