const known = new WeakMap<object, ReadonlySet<string>>()
const NONE: ReadonlySet<string> = new Set()

/** The property names that JSON Schemas declare, at any depth. */
export function propertyNames(...schemas: readonly unknown[]): ReadonlySet<string> {
  const sets = schemas.map(namesIn).filter((names) => names.size > 0)
  return sets.length === 1 ? (sets[0] ?? NONE) : new Set(sets.flatMap((names) => [...names]))
}

function namesIn(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return NONE
  let names = known.get(schema)
  if (names === undefined) {
    const found = new Set<string>()
    collect(schema, found, 0)
    known.set(schema, (names = found))
  }
  return names
}

function collect(schema: unknown, names: Set<string>, depth: number): void {
  if (typeof schema !== 'object' || schema === null || depth > 64) return
  const properties: unknown = Reflect.get(schema, 'properties')
  if (typeof properties === 'object' && properties !== null) for (const name of Object.keys(properties)) names.add(name)
  for (const inner of Object.values(schema)) collect(inner, names, depth + 1)
}
