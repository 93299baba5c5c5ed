import type { JsonValue } from '../../guard/canonical-json.ts'
import type { Pin } from './pins.ts'

/** One place where two definitions differ. */
export interface DefinitionChange {
  /** JSON pointer into the definition. */
  readonly path: string
  readonly before?: JsonValue
  readonly after?: JsonValue
}

/** What changed between two definitions, in document order. */
export function definitionChanges(before: Pin | undefined, after: Pin): readonly DefinitionChange[] {
  const changes: DefinitionChange[] = []
  compare(before?.definition, after.definition, '', changes)
  return changes
}

function compare(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  changes: DefinitionChange[],
): void {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const own = (value: Readonly<Record<string, JsonValue | undefined>>): JsonValue | undefined =>
        Object.hasOwn(value, key) ? value[key] : undefined
      compare(own(before), own(after), `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, changes)
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    changes.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) })
  }
}

function isObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
