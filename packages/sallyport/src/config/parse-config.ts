import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import { SallyportError } from '../errors/sallyport-error.ts'
import { nearestWord } from './nearest-word.ts'

/** One thing wrong in a configuration file. */
export interface ConfigProblem {
  /** Dotted path, e.g. `guards.pii.actions`. Empty for the file as a whole. */
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly column: number
  /** What is wrong and how to mend it; never the value itself, which may be a secret. */
  readonly message: string
}

export type ParsedConfig<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

/** Largest configuration file read, in characters. */
const MAX_CONFIG_LENGTH = 1_000_000

/**
 * Parses YAML (JSON is YAML too) against a schema. All problems are found at once, each with its place in the file; a
 * key that does not exist names the nearest one that does. Aliases are refused, so a small file cannot grow huge.
 */
export function parseConfig<Schema extends z.ZodType>(text: string, schema: Schema): ParsedConfig<z.infer<Schema>> {
  if (text.length > MAX_CONFIG_LENGTH) {
    return failure([
      { path: '', line: 1, column: 1, message: `The file is longer than ${MAX_CONFIG_LENGTH} characters.` },
    ])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true })
  if (document.errors.length > 0) {
    return failure(
      document.errors.map((error) => ({ path: '', ...place(lines, error.pos[0]), message: yamlMessage(error.code) })),
    )
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 }) ?? {}
  } catch {
    return failure([
      { path: '', line: 1, column: 1, message: 'YAML aliases (*name) are not supported: write the value out.' },
    ])
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    return paths.map((path): ConfigProblem => {
      const offset = offsetOf(document.contents, path)
      return {
        path: path.map(String).join('.'),
        ...place(lines, offset),
        message: messageFor(issue, path, schema, value),
      }
    })
  })
  return failure(problems.toSorted((a, b) => a.line - b.line || a.column - b.column))
}

/** One line per problem, `file:line:column path: message`. */
export function describeProblems(file: string, problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ path, line, column, message }) => `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`)
    .join('\n')
}

/** @throws SallyportError `invalid-policy` listing every problem of the file. */
export function parseConfigOrThrow<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  file: string,
): z.infer<Schema> {
  const parsed = parseConfig(text, schema)
  if (parsed.ok) return parsed.value
  throw new SallyportError('invalid-policy', describeProblems(file, parsed.problems))
}

function failure(problems: readonly ConfigProblem[]): {
  readonly ok: false
  readonly problems: readonly ConfigProblem[]
} {
  return { ok: false, problems }
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

/** The parser's own messages quote the file; its codes do not. */
function yamlMessage(code: string): string {
  return code === 'DUPLICATE_KEY'
    ? 'This key stands twice in the same map: keep one.'
    : `Not valid YAML (${code.toLowerCase().replaceAll('_', '-')}): check indentation, quotes and brackets here.`
}

/** Where the deepest existing node of the path starts; the key itself for a map entry. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      if (!pair) break
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step]
      const range = (item as Node | undefined)?.range
      if (range) offset = range[0]
      node = item
    } else break
  }
  return offset
}

function messageFor(issue: z.core.$ZodIssue, path: readonly PropertyKey[], schema: z.ZodType, value: unknown): string {
  if (issue.code !== 'unrecognized_keys') return deepestMessage(issue)
  // A union speaks for one alternative; another one may know the key and mind its value.
  const wrong = schemasAt(schema, path).flatMap((one) => one.safeParse(valueAt(value, path)).error?.issues ?? [])
  if (wrong.length > 0) return [...new Set(wrong.map(deepestMessage))].join('; or ')
  const key = String(path.at(-1))
  const known = knownKeys(schema, path.slice(0, -1))
  const near = nearestWord(key, known)
  const hint = near ? ` Did you mean "${near}"?` : known.length > 0 ? ` Known keys: ${known.join(', ')}.` : ''
  return `Unknown key "${key}".${hint}`
}

/** A union reports "invalid input"; what its nearest alternative says helps more. */
function deepestMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const alternatives = issue.errors.flat().filter((each) => each.code !== 'invalid_type')
    const messages = new Set((alternatives.length > 0 ? alternatives : issue.errors.flat()).map(deepestMessage))
    if (messages.size > 0) return [...messages].join('; or ')
  }
  if (issue.code === 'unrecognized_keys') return `Unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`
  return issue.message
}

/** The keys an object schema has at a path, looking through wrappers, records, arrays and unions. */
function knownKeys(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const found = new Set<string>()
  for (const at of schemasAt(schema, path))
    if (at instanceof z.ZodObject) for (const key of Object.keys(at.shape)) found.add(key)
  return [...found]
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step], value)
}

/** The schemas that a value at a path may have. */
function schemasAt(schema: unknown, path: readonly PropertyKey[]): z.ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return schemasAt(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodPipe) return schemasAt(schema.in, path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => schemasAt(option, path))
  const [step, ...rest] = path
  if (step === undefined) return schema instanceof z.ZodType ? [schema] : []
  if (schema instanceof z.ZodObject) return schemasAt(schema.shape[String(step)], rest)
  if (schema instanceof z.ZodRecord) {
    return z.core.safeParse(schema.keyType, step).success ? schemasAt(schema.valueType, rest) : []
  }
  if (schema instanceof z.ZodArray) return schemasAt(schema.element, rest)
  return []
}
