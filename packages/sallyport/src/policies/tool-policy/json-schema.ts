import { RE2JS } from 're2js'
import { SallyportError } from '../../errors/sallyport-error.ts'
import { canonicalJson, type JsonValue } from '../../guard/canonical-json.ts'
import { nearestWord } from '../../config/nearest-word.ts'

/** The JSON pointer of the first value that does not fit, undefined when all do. */
export type SchemaTest = (value: unknown) => string | undefined

/** Keywords that only describe. `format` is one of them in JSON Schema 2020-12: give a `pattern` for what must hold. */
const ANNOTATIONS = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'format',
  'deprecated',
  'readOnly',
  'writeOnly',
])

type Schema = Readonly<Record<string, unknown>>
type Check = (value: unknown, path: string) => string | undefined

/**
 * Compiles a JSON Schema (the part of 2020-12 that tool arguments use). Its patterns run in RE2, so that no argument can
 * stall it, and a keyword it does not know is an error instead of a rule that silently does not hold.
 *
 * @param where Stands before messages, e.g. `tools.send_email.schema`.
 * @throws SallyportError `invalid-policy` naming the place and the nearest known keyword.
 */
export function compileSchema(schema: unknown, where: string): SchemaTest {
  const check = new Compiler(schema, where).compile(schema, where)
  return (value) => check(value, '')
}

class Compiler {
  readonly #root: unknown
  readonly #where: string
  readonly #references = new Map<string, Check>()

  constructor(root: unknown, where: string) {
    this.#root = root
    this.#where = where
  }

  compile(schema: unknown, where: string): Check {
    if (schema === true) return () => undefined
    if (schema === false) return (_value, path) => path
    if (!isObject(schema)) throw problem(where, 'a schema is an object, true or false')
    const checks = Object.keys(schema).flatMap((keyword) => {
      if (ANNOTATIONS.has(keyword)) return []
      const make = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined
      if (make === undefined) throw unknownKeyword(keyword, where)
      return [make(schema[keyword], `${where}.${keyword}`, this, schema)]
    })
    return (value, path) => {
      for (const check of checks) {
        const bad = check(value, path)
        if (bad !== undefined) return bad
      }
      return undefined
    }
  }

  /** Compiled when first met, so that a schema may refer to itself. */
  refer(reference: string, where: string): Check {
    if (!/^#(?:\/|$)/.test(reference)) throw problem(where, 'only references inside the schema (#/…) are followed')
    const known = this.#references.get(reference)
    if (known !== undefined) return known
    let target: Check | undefined
    this.#references.set(reference, (value, path) => target?.(value, path))
    let found: unknown = this.#root
    for (const step of reference.slice(1).split('/').slice(1)) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
      if (!isObject(found) || !Object.hasOwn(found, name)) throw problem(where, 'the reference leads nowhere')
      found = found[name]
    }
    target = this.compile(found, `${this.#where}${reference.slice(1).replaceAll('/', '.')}`)
    return target
  }
}

type Keyword = (operand: unknown, where: string, compiler: Compiler, schema: Schema) => Check

const fails =
  (passes: (value: unknown) => boolean): Check =>
  (value, path) =>
    passes(value) ? undefined : path

/** A bound that only speaks about values of one type. */
function bound(
  type: 'string' | 'number' | 'array' | 'object',
  holds: (size: number, limit: number) => boolean,
): Keyword {
  return (operand, where) => {
    if (typeof operand !== 'number' || !Number.isFinite(operand)) throw problem(where, 'it must be a number')
    return fails((value) => typeOf(value) !== type || holds(sizeOf(value), operand))
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return [...value].length
  return Array.isArray(value) ? value.length : Object.keys(value as object).length
}

const atLeast = (size: number, limit: number): boolean => size >= limit
const atMost = (size: number, limit: number): boolean => size <= limit

const KEYWORDS: Readonly<Partial<Record<string, Keyword>>> = {
  $ref: (operand, where, compiler) => compiler.refer(String(operand), where),
  type: (operand, where) => {
    const types = Array.isArray(operand) ? operand : [operand]
    const known = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
    if (types.some((type) => !known.includes(type as string)))
      throw problem(where, `it must be one of ${known.join(', ')}`)
    const allowed = new Set<unknown>(types)
    return fails((value) => allowed.has(typeOf(value)) || (allowed.has('integer') && Number.isInteger(value)))
  },
  enum: (operand, where) => {
    if (!Array.isArray(operand)) throw problem(where, 'it must be a list')
    const allowed = new Set(operand.map((item) => canonicalJson(item as JsonValue)))
    return fails((value) => allowed.has(canonicalJson(value as JsonValue)))
  },
  const: (operand) => {
    const only = canonicalJson(operand as JsonValue)
    return fails((value) => canonicalJson(value as JsonValue) === only)
  },
  pattern: (operand, where) => {
    const pattern = linear(operand, where)
    return fails((value) => typeof value !== 'string' || pattern.matcher(value).find())
  },
  minimum: bound('number', atLeast),
  maximum: bound('number', atMost),
  exclusiveMinimum: bound('number', (size, limit) => size > limit),
  exclusiveMaximum: bound('number', (size, limit) => size < limit),
  multipleOf: bound('number', (size, step) => Math.abs(size / step - Math.round(size / step)) < 1e-9),
  minLength: bound('string', atLeast),
  maxLength: bound('string', atMost),
  minItems: bound('array', atLeast),
  maxItems: bound('array', atMost),
  minProperties: bound('object', atLeast),
  maxProperties: bound('object', atMost),
  uniqueItems: (operand) =>
    fails(
      (value) =>
        operand !== true ||
        !Array.isArray(value) ||
        new Set(value.map((item) => canonicalJson(item as JsonValue))).size === value.length,
    ),
  required: (operand, where) => {
    if (!Array.isArray(operand)) throw problem(where, 'it must be a list of names')
    return fails((value) => !isObject(value) || operand.every((name) => Object.hasOwn(value, String(name))))
  },
  properties: (operand, where, compiler) => {
    if (!isObject(operand)) throw problem(where, 'it must be an object of schemas')
    const checks = Object.entries(operand).map(
      ([name, schema]) => [name, compiler.compile(schema, `${where}.${name}`)] as const,
    )
    return (value, path) => {
      if (!isObject(value)) return undefined
      for (const [name, check] of checks) {
        if (!Object.hasOwn(value, name)) continue
        const bad = check(value[name], `${path}/${pointer(name)}`)
        if (bad !== undefined) return bad
      }
      return undefined
    }
  },
  patternProperties: (operand, where, compiler) => {
    if (!isObject(operand)) throw problem(where, 'it must be an object of schemas')
    const checks = Object.entries(operand).map(
      ([pattern, schema]) => [linear(pattern, where), compiler.compile(schema, where)] as const,
    )
    return eachProperty((name) => checks.filter(([pattern]) => pattern.matcher(name).find()).map(([, check]) => check))
  },
  additionalProperties: (operand, where, compiler, schema) => {
    const rest = compiler.compile(operand, where)
    const known = new Set(isObject(schema['properties']) ? Object.keys(schema['properties']) : [])
    const patterns = isObject(schema['patternProperties'])
      ? Object.keys(schema['patternProperties']).map((pattern) => linear(pattern, where))
      : []
    return eachProperty((name) =>
      known.has(name) || patterns.some((pattern) => pattern.matcher(name).find()) ? [] : [rest],
    )
  },
  propertyNames: (operand, where, compiler) => {
    const check = compiler.compile(operand, where)
    return fails((value) => !isObject(value) || Object.keys(value).every((name) => check(name, '') === undefined))
  },
  items: (operand, where, compiler, schema) => {
    const check = compiler.compile(operand, where)
    const from = Array.isArray(schema['prefixItems']) ? schema['prefixItems'].length : 0
    return (value, path) => {
      if (!Array.isArray(value)) return undefined
      for (let at = from; at < value.length; at++) {
        const bad = check(value[at], `${path}/${at}`)
        if (bad !== undefined) return bad
      }
      return undefined
    }
  },
  prefixItems: (operand, where, compiler) => {
    if (!Array.isArray(operand)) throw problem(where, 'it must be a list of schemas')
    const checks = operand.map((schema) => compiler.compile(schema, where))
    return (value, path) =>
      Array.isArray(value)
        ? checks.map((check, at) => (at < value.length ? check(value[at], `${path}/${at}`) : undefined)).find(isBad)
        : undefined
  },
  allOf: (operand, where, compiler) => {
    const checks = list(operand, where, compiler)
    return (value, path) => checks.map((check) => check(value, path)).find(isBad)
  },
  anyOf: (operand, where, compiler) => {
    const checks = list(operand, where, compiler)
    return (value, path) => (checks.some((check) => check(value, path) === undefined) ? undefined : path)
  },
  oneOf: (operand, where, compiler) => {
    const checks = list(operand, where, compiler)
    return (value, path) => (checks.filter((check) => check(value, path) === undefined).length === 1 ? undefined : path)
  },
  not: (operand, where, compiler) => {
    const check = compiler.compile(operand, where)
    return (value, path) => (check(value, path) === undefined ? path : undefined)
  },
}

function eachProperty(checksFor: (name: string) => readonly Check[]): Check {
  return (value, path) => {
    if (!isObject(value)) return undefined
    for (const name of Object.keys(value)) {
      for (const check of checksFor(name)) {
        const bad = check(value[name], `${path}/${pointer(name)}`)
        if (bad !== undefined) return bad
      }
    }
    return undefined
  }
}

function list(operand: unknown, where: string, compiler: Compiler): readonly Check[] {
  if (!Array.isArray(operand) || operand.length === 0) throw problem(where, 'it must be a list of schemas')
  return operand.map((schema) => compiler.compile(schema, where))
}

function linear(pattern: unknown, where: string): RE2JS {
  try {
    return RE2JS.compile(String(pattern))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason'
    throw problem(where, `${reason}; patterns are written in RE2 syntax`)
  }
}

function unknownKeyword(keyword: string, where: string): SallyportError {
  const near = nearestWord(keyword, [...Object.keys(KEYWORDS), ...ANNOTATIONS])
  const hint = near === undefined ? `known: ${Object.keys(KEYWORDS).join(', ')}` : `did you mean "${near}"?`
  return problem(where, `"${keyword}" is not a JSON Schema keyword that is checked here; ${hint}`)
}

function problem(where: string, message: string): SallyportError {
  return new SallyportError('invalid-policy', `${where}: ${message}`)
}

const isBad = (bad: string | undefined): boolean => bad !== undefined

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
