import type { ConversationPart } from '../../guard/tool-call.ts'
import type { ToolTable } from '../../guard/tool-settings.ts'
import { leavesOf } from '../arguments.ts'
import { canonicalValue } from '../canonical-value.ts'
import { jsonOf } from './part-text.ts'

/** A record of a tool's result: the name people use for it, and the values that stand for it. */
interface NamedRecord {
  readonly name: string
  /** Canonical. */
  readonly values: readonly string[]
}

/** Shorter names, and single plain words, stand in many a sentence by chance. */
const IS_DISTINCT = /^(?=.{6,300}$).*[\s\d._-]/su
const known = new WeakMap<ConversationPart, { readonly tools: ToolTable; readonly records: readonly NamedRecord[] }>()

/**
 * The names of the records that a value (canonical) stands for. A name counts when it is distinct (six characters or more,
 * with a blank, digit, dot, dash or underscore) and exactly one record has it: a second one with other values, which an
 * attacker may have planted, and none of them counts.
 *
 * @param isLender Whether the records of a tool may stand for the value. Default: those of every tool.
 */
export function namesStandingFor(
  value: string,
  conversation: readonly ConversationPart[],
  tools: ToolTable,
  isLender: (tool: string) => boolean = () => true,
): readonly string[] {
  const holders = new Map<string, NamedRecord>()
  for (const part of conversation) {
    if (!isLender(part.tool ?? '')) continue
    for (const record of recordsOf(part, tools)) if (record.values.includes(value)) holders.set(record.name, record)
  }
  if (holders.size === 0) return []
  for (const part of conversation) {
    for (const record of recordsOf(part, tools)) {
      const holder = holders.get(record.name)
      if (holder !== undefined && !isSame(holder, record)) holders.delete(record.name)
    }
  }
  return [...holders.keys()]
}

function recordsOf(part: ConversationPart, tools: ToolTable): readonly NamedRecord[] {
  const settings = part.origin === 'tool' && part.tool !== undefined ? tools.find(part.tool)?.records : undefined
  if (settings === undefined) return []
  const cached = known.get(part)
  if (cached?.tools === tools) return cached.records
  const records: NamedRecord[] = []
  collect(jsonOf(part), settings.name, settings.fields, records, 0)
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
      const values = given.flatMap((leaf) =>
        typeof leaf.value === 'boolean' ? [] : [canonicalValue(String(leaf.value))],
      )
      records.push({ name: canonicalValue(name), values })
    }
  }
  for (const item of Object.values(value)) collect(item, nameField, fields, records, depth + 1)
}

function isSame(a: NamedRecord, b: NamedRecord): boolean {
  return a.values.length === b.values.length && a.values.every((value, at) => value === b.values[at])
}
