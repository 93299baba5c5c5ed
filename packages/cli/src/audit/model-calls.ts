import type { ModelCall } from '@sallyport/gateway/checklist'
import { Acceptances } from '../scan/acceptances.ts'
import type { TextFile } from '../scan/text-file.ts'
import { LineIndex } from '../scan/text-file.ts'
import { type CodeLanguage, maskCode, type MaskedCode } from './mask-code.ts'
import {
  KNOWN_CONSTRUCTORS,
  PROVIDER_URL,
  PROVIDER_WORDS,
  PYTHON_PROVIDERS,
  SCRIPT_PROVIDERS,
} from './model-providers.data.ts'
import { type ImportedName, readImports } from './read-imports.ts'

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/
const OTHER =
  /\.(?:go|rs|java|kt|kts|scala|rb|php|cs|swift|ex|exs|dart|lua|r|sh|bash|ps1|ipynb)$|(?:^|\/)(?:Makefile|justfile)$/i

/** The client is sent somewhere that somebody chose. */
const CHOSEN_URL = /\b(?:baseURL|base_url|baseUrl|basePath|serverURL|server_url|api_base|apiBase|endpoint|host)\b/
/** A file that names an address and asks nobody only speaks of it. */
const REQUESTS =
  /\b(?:fetch|axios|got|ky|request|urlopen|https?\.(?:request|get|post)|(?:requests|httpx|session|client|aiohttp)\.\w+|(?:Async)?Client)\s*\(|\.post\s*\(/
const SCHEMA =
  /\b(?:response_format|responseFormat|output_schema|response_model|generateObject|streamObject|Output\.object|withStructuredOutput|with_structured_output|zodResponseFormat|responseSchema|ioSchema|createSecureAgent|AtomicAgent)\b/

/** Wrappers that gate the client or model they are given. */
const WRAPPERS =
  /^(?:guardOpenAI|guardFetch|guardLanguageModel|gateMiddleware|guardChatModel|GuardedChatModel|createSecureAgent|SecureAgent)$/
/** What gates everything that a file's route does. */
const ROUTES = /^(?:guardRoute|gateExchange|expressRoute|fastifyRoute|honoGate)$/

/**
 * Calls to models in a file of code, at most one a line: clients of providers, models of the AI SDK and LangChain, and addresses
 * of providers. Imports decide what a name is; comments and texts are no calls.
 */
export function findModelCalls(file: Pick<TextFile, 'path' | 'text'>): readonly ModelCall[] {
  const { path, text } = file
  const language = languageOf(path)
  if (language === undefined || !PROVIDER_WORDS.test(text)) return []
  const code = maskCode(text, language)
  const imports = readImports(code.text, language)
  const addresses = [...code.text.matchAll(PROVIDER_URL)].map(({ index }) => ({ at: index, isUrl: true }))
  const places = [
    ...(language === 'other' ? [] : clientCalls(code, imports, language)),
    ...(language === 'other' || REQUESTS.test(code.bare)
      ? addresses
      : addresses.filter(({ at }) => isShared(code.bare, at))),
  ]
  if (places.length === 0) return []
  const index = new LineIndex(text)
  const acceptances = new Acceptances(text, index)
  const found = new Map<number, ModelCall>()
  for (const { at, isUrl } of places.toSorted((a, b) => a.at - b.at)) {
    const { line } = index.at(at)
    if (acceptances.reasonFor('gate-bypass', line, line) !== undefined || found.get(line)?.way === 'direct') continue
    const way = isGated(code.bare, imports, at) ? 'gated' : isUrl ? 'direct' : wayOfOptions(code, at)
    // An address alone says nothing about what is asked for.
    found.set(line, { file: path, line, way, hasSchema: isUrl || SCHEMA.test(code.text) })
  }
  return [...found.values()]
}

/** Whether an address is a constant that other files may use. */
function isShared(bare: string, at: number): boolean {
  return /^(?:export\b|[A-Z][A-Z0-9_]*\s*=)/.test(bare.slice(bare.lastIndexOf('\n', at - 1) + 1, at))
}

function languageOf(path: string): CodeLanguage | undefined {
  return SCRIPT.test(path) ? 'script' : path.endsWith('.py') ? 'python' : OTHER.test(path) ? 'other' : undefined
}

interface Place {
  readonly at: number
  readonly isUrl: boolean
}

function clientCalls(
  code: MaskedCode,
  imports: readonly ImportedName[],
  language: 'script' | 'python',
): readonly Place[] {
  const { bare } = code
  const places: Place[] = []
  const providers = language === 'python' ? PYTHON_PROVIDERS : SCRIPT_PROVIDERS
  for (const { local, module, name } of imports) {
    for (const { names, members } of providers.filter((provider) => provider.module.test(module))) {
      for (const match of bare.matchAll(callsOf(local))) {
        const part = match[1] ?? ''
        const isCall = name === '*' ? members?.test(part) === true : names.test(name) && !part.includes('.')
        if (isCall) places.push(placeAt(match))
      }
    }
  }
  // A model named by a text goes to the AI SDK's own gateway; a client of AWS says in a text what it is for.
  if (imports.some(({ module }) => module === 'ai'))
    for (const match of code.text.matchAll(/\bmodel:\s*['"`][a-z0-9-]+\/[\w.:-]+['"`]/g)) places.push(placeAt(match))
  for (const match of code.text.matchAll(/\bclient\(\s*(?:service_name\s*=\s*)?['"]bedrock-(?:agent-)?runtime['"]/g))
    places.push(placeAt(match))
  for (const match of bare.matchAll(KNOWN_CONSTRUCTORS[language])) {
    const name = /(\w+)\s*\($/.exec(match[0])?.[1] ?? ''
    const isKnown =
      imports.some(({ local }) => local === name) || new RegExp(`\\b(?:class|def|function)\\s+${name}\\b`).test(bare)
    const isPart = /[\w$.]$/.test(bare.slice(0, match.index)) || /\b(?:new|class)\s+$/.test(bare.slice(0, match.index))
    if (!isKnown && !isPart) places.push(placeAt(match))
  }
  return places
}

/** A name that is called, by itself or by a part of it, which is the first group. */
function callsOf(local: string): RegExp {
  return new RegExp(`(?<![\\w$.])(?:new\\s+)?${escaped(local)}(?:\\.((?:\\w+\\.){0,3}\\w+))?\\s*\\(`, 'g')
}

function placeAt({ index }: { readonly index: number }): Place {
  return { at: index, isUrl: false }
}

function escaped(name: string): string {
  return name.replace(/[$.]/g, '\\$&')
}

/** Whether a call passes a gate: its file's route does, or its client or model is what a wrapper is given. */
function isGated(bare: string, imports: readonly ImportedName[], at: number): boolean {
  const ours = imports.filter(({ module }) => /^(?:sallyport|@sallyport)(?:\/|$)/.test(module))
  if (ours.some(({ name, local }) => ROUTES.test(name) && isCalled(bare, local))) return true
  if (ours.some(({ name }) => name === 'createShield') && /\.(?:check|openStream)\s*\(/.test(bare)) return true
  const wrapped = ours
    .filter(({ name }) => WRAPPERS.test(name))
    .flatMap(({ local }) => [
      ...bare.matchAll(new RegExp(`(?<![\\w$.])${escaped(local)}\\s*(?:<[^()]{0,200}>)?\\s*\\(`, 'g')),
    ])
    .map((match) => ({ start: match.index, end: endOfCall(bare, match.index) }))
  if (wrapped.some(({ start, end }) => start < at && at < end)) return true
  const variable =
    /(?:^|[\s;{(])(?:(?:const|let|var)\s+)?((?:this\.|self\.)?#?[\w$]+)\s*(?::[^=;\n]{1,80})?=\s*(?:await\s+)?$/.exec(
      bare.slice(Math.max(0, at - 200), at),
    )?.[1]
  if (variable === undefined) return false
  return wrapped.some(({ start, end }) =>
    new RegExp(`(?<![\\w$.])${escaped(variable)}(?![\\w$])`).test(bare.slice(start, end)),
  )
}

function isCalled(bare: string, local: string): boolean {
  return new RegExp(`(?<![\\w$.])${escaped(local)}\\s*\\(`).test(bare)
}

/** Longest call that is read. */
const REACH = 4_000

/** Where the parentheses that open at a call are closed. */
function endOfCall(bare: string, at: number): number {
  const open = bare.indexOf('(', at)
  let depth = 0
  for (let end = open; end < Math.min(bare.length, open + REACH); end++) {
    if (bare[end] === '(') depth++
    else if (bare[end] === ')' && --depth === 0) return end + 1
  }
  return Math.min(bare.length, open + REACH)
}

function wayOfOptions({ bare, text }: MaskedCode, at: number): ModelCall['way'] {
  const end = endOfCall(bare, at)
  const options = text.slice(at, end)
  if (new RegExp(PROVIDER_URL.source).test(options)) return 'direct'
  // Keys, not words in texts; options that were put together elsewhere in the file are looked for there.
  const isFromElsewhere =
    /\(\s*(?:\*\*|\.\.\.)?[A-Za-z_$][\w$.]*\s*\)$/.test(bare.slice(at, end)) ||
    /[{,]\s*(?:\*\*|\.\.\.)/.test(bare.slice(at, end))
  return CHOSEN_URL.test(bare.slice(at, end)) || (isFromElsewhere && CHOSEN_URL.test(bare)) ? 'chosen-url' : 'direct'
}
