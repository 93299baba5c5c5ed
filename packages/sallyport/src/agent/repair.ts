import { issuePath, type SchemaIssue } from './standard-schema.ts'

/**
 * Mends an answer where only one meaning is possible: a number or boolean written as text, a literal in another case or
 * with blanks around it. Length, range and content are never touched: cutting or clamping
 * would put words into the model's mouth. Returns undefined when nothing could be mended.
 *
 * Works on the issues of zod, which say what was expected; other schemas' issues are left to a new question.
 */
export function repaired(value: unknown, issues: readonly SchemaIssue[]): unknown {
  let result = value
  let changed = false
  for (const issue of issues) {
    const path = issuePath(issue)
    const old = valueAt(result, path)
    const mended = mend(old, issue)
    if (mended === undefined) continue
    result = withValue(result, path, mended)
    changed = true
  }
  return changed ? result : undefined
}

interface DetailedIssue extends SchemaIssue {
  readonly code?: unknown
  readonly expected?: unknown
  readonly values?: unknown
}

function mend(value: unknown, issue: DetailedIssue): unknown {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (issue.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int')) {
    return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined
  }
  if (issue.code === 'invalid_type' && issue.expected === 'boolean') {
    const word = text.toLowerCase()
    return word === 'true' || (word === 'false' ? false : undefined)
  }
  if (issue.code === 'invalid_value' && Array.isArray(issue.values)) {
    const same = issue.values.filter((each) => typeof each === 'string' && each.toLowerCase() === text.toLowerCase())
    return same.length === 1 ? same[0] : undefined
  }
  return undefined
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Readonly<Record<PropertyKey, unknown>>)[key]
  }
  return current
}

function withValue(value: unknown, [key, ...rest]: readonly PropertyKey[], inner: unknown): unknown {
  if (key === undefined) return inner
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? withValue(item, rest, inner) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === key ? withValue(item, rest, inner) : item]),
  )
}
