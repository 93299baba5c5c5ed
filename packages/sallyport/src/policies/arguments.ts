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

type IsKnownKey = (name: string, isTop: boolean) => boolean

/** Deeper arguments are not walked: nobody could judge them. */
const MAX_DEPTH = 64

/**
 * Every text, number and truth value of the arguments; empty ones (null, '') say nothing and are left out.
 *
 * @param isKnownKey Whether a property name is the tool's own; others are values that somebody chose. `isTop`: it names an
 * argument.
 * @throws RangeError for arguments deeper than 64 levels.
 */
export function leavesOf(value: unknown, isKnownKey: IsKnownKey = () => true): Leaf[] {
  const leaves: Leaf[] = []
  collect(value, '', [], 0, isKnownKey, leaves)
  return leaves
}

function collect(
  value: unknown,
  path: string,
  trail: readonly string[],
  depth: number,
  isKnownKey: IsKnownKey,
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
      if (!isKnownKey(name, trail.length === 0)) leaves.push({ path: inner, trail, value: name, isKey: true })
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
