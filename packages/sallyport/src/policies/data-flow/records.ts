import type { ConversationPart } from '../../guard/tool-call.ts'
import type { ToolTable } from '../../guard/tool-settings.ts'
import { leavesOf } from '../arguments.ts'
import { canonicalValue } from '../canonical-value.ts'
import { partText } from './part-text.ts'

/** A record of a tool's result: the name people use for it, and the values that stand for it. */
interface NamedRecord {
  readonly name: string
  readonly values: readonly (string | number)[]
}

/** Shorter names, and single plain words, stand in many a sentence by chance. */
const IS_DISTINCT = /^(?=.{6,300}$).*[\s\d._-]/su
const known = new WeakMap<ConversationPart, { readonly tools: ToolTable; readonly records: readonly NamedRecord[] }>()

/**
 * The values that stand for records which the user called by name. The name has to be distinct (six characters or more,
 * with a blank, digit, dot, dash or underscore), the user's text has to hold it as a whole, and exactly one record may
 * have it: a second one with other values, which an attacker may have planted, and none of them counts.
 */
export function valuesOfNamedRecords(
  conversation: readonly ConversationPart[],
  tools: ToolTable,
  isNamed: (name: string) => boolean,
): ReadonlySet<string> {
  const byName = new Map<string, NamedRecord | 'ambiguous'>()
  for (const part of conversation) {
    for (const record of recordsOf(part, tools)) {
      const other = byName.get(record.name)
      if (other === undefined) byName.set(record.name, record)
      else if (other !== 'ambiguous' && !isSame(other, record)) byName.set(record.name, 'ambiguous')
    }
  }
  const values = new Set<string>()
  for (const [name, record] of byName) {
    if (record === 'ambiguous' || !isNamed(name)) continue
    for (const value of record.values) values.add(canonicalValue(String(value)))
  }
  return values
}

function recordsOf(part: ConversationPart, tools: ToolTable): readonly NamedRecord[] {
  const settings = part.origin === 'tool' && part.tool !== undefined ? tools.find(part.tool)?.records : undefined
  if (settings === undefined) return []
  const cached = known.get(part)
  if (cached?.tools === tools) return cached.records
  const records: NamedRecord[] = []
  collect(partText(part).json, settings.name, settings.fields, records, 0)
  known.set(part, { tools, records })
  return records
}

function collect(
  value: unknown,
  nameField: string,
  fields: readonly string[],
  records: NamedRecord[],
  depth: number,
): void {
  if (typeof value !== 'object' || value === null || depth > 64) return
  if (!Array.isArray(value)) {
    const record = value as Readonly<Record<string, unknown>>
    const name = Object.hasOwn(record, nameField) ? record[nameField] : undefined
    if (typeof name === 'string' && IS_DISTINCT.test(name.trim())) {
      const given = fields.flatMap((field) => (Object.hasOwn(record, field) ? leavesOf(record[field]) : []))
      const values = given.flatMap((leaf) => (typeof leaf.value === 'boolean' ? [] : [leaf.value]))
      records.push({ name: canonicalValue(name), values })
    }
  }
  for (const item of Object.values(value)) collect(item, nameField, fields, records, depth + 1)
}

function isSame(a: NamedRecord, b: NamedRecord): boolean {
  return a.values.length === b.values.length && a.values.every((value, at) => value === b.values[at])
}
