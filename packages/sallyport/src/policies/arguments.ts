/** A value somewhere in the arguments of a call. */
export interface Leaf {
  /** JSON pointer (RFC 6901). */
  readonly path: string
  /** Names of the properties on the way, without list indexes: `['attachments', 'file_id']`. */
  readonly trail: readonly string[]
  readonly value: string | number | boolean
  /** The leaf is the name of a property, not a value. */
  readonly isKey?: true
}

/** Deeper arguments are not walked: nobody could judge them. */
const MAX_DEPTH = 64

/**
 * Every text, number and truth value of the arguments; empty ones (null, '') say nothing and are left out.
 *
 * @param isKnownKey Property names that the tool's own schema has; others are values that somebody chose.
 * @throws RangeError for arguments deeper than 64 levels.
 */
export function leavesOf(value: unknown, isKnownKey: (name: string) => boolean = () => true): Leaf[] {
  const leaves: Leaf[] = []
  collect(value, '', [], 0, isKnownKey, leaves)
  return leaves
}

function collect(
  value: unknown,
  path: string,
  trail: readonly string[],
  depth: number,
  isKnownKey: (name: string) => boolean,
  leaves: Leaf[],
): void {
  if (depth > MAX_DEPTH) throw new RangeError(`Arguments nested deeper than ${MAX_DEPTH} levels.`)
  if (typeof value === 'string') {
    if (value.trim() !== '') leaves.push({ path, trail, value })
  } else if (typeof value === 'number' || typeof value === 'boolean') leaves.push({ path, trail, value })
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) collect(item, `${path}/${at}`, trail, depth + 1, isKnownKey, leaves)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      const inner = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      // The arguments' own names are the tool's parameters; only below them may a caller invent some.
      if (trail.length > 0 && !isKnownKey(name)) leaves.push({ path: inner, trail, value: name, isKey: true })
      collect(item, inner, [...trail, name], depth + 1, isKnownKey, leaves)
    }
  }
}

/** The values an argument rule's name means: `to`, or `message.to` inside an object; lists are walked. */
export function valuesAt(value: unknown, trail: readonly string[]): unknown[] {
  const [step, ...rest] = trail
  if (step === undefined) return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, [])) : [value]
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, trail))
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return []
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest)
}
