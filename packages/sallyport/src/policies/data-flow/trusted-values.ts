import type { ArgumentSource, ConversationPart } from '../../guard/tool-call.ts'
import type { ToolTable } from '../../guard/tool-settings.ts'
import { canonicalText, canonicalValue, keepsCase } from '../canonical-value.ts'
import type { LabelledConversation } from './labels.ts'
import { partText, standsIn, type PartText } from './part-text.ts'
import { namesStandingFor } from './records.ts'
import type { Role } from './role.ts'

type Value = string | number | boolean

/** What redaction leaves in a text, `[EMAIL_ADDRESS]`: it stands for many values, so it is equal to none. */
const PLACEHOLDER = /\[(?:[A-Z]{2,}(?:_[A-Z]+)*|secret|removed|withheld|canary)\]/

/** Says who gave a value. Equal means equal after the normalisation of `canonical-value.ts`, or the same number. */
export class TrustedValues {
  readonly #conversation: LabelledConversation
  readonly #tools: ToolTable
  readonly #fromPeople: readonly PartText[]
  readonly #fromTools: readonly PartText[]
  readonly #untrusted: readonly ConversationPart[]
  /** What people gave, by value and role: an argument is asked about by more than one rule. */
  readonly #known = new Map<string, boolean>()

  constructor(conversation: LabelledConversation, tools: ToolTable) {
    this.#conversation = conversation
    this.#tools = tools
    const trusted = conversation.parts.filter(({ labels }) => labels.integrity === 'trusted').map(({ part }) => part)
    this.#fromPeople = trusted.filter(({ origin }) => origin === 'user' || origin === 'developer').map(partText)
    this.#fromTools = trusted.filter(({ origin }) => origin === 'tool').map(partText)
    this.#untrusted = conversation.parts
      .filter(({ labels }) => labels.integrity === 'untrusted')
      .map(({ part }) => part)
  }

  /**
   * The user or developer gave it, or called the record it stands for by name. A short number counts only in its role:
   * `13` as a file is no `13` of a date.
   */
  isFromPeople(value: Value, role?: Role): boolean {
    if (typeof value === 'boolean' || isPlaceholder(value)) return false
    const key = `${typeof value} ${role?.id ?? ''} ${value}`
    let known = this.#known.get(key)
    if (known === undefined) this.#known.set(key, (known = this.#isFromPeople(value, role)))
    return known
  }

  #isFromPeople(value: string | number, role: Role | undefined): boolean {
    const given = role?.isShortNumber(value)
      ? this.#fromPeople.some(({ lower }) => role.isNamedIn(lower, String(value)))
      : this.#fromPeople.some((text) => has(text, value))
    if (given) return true
    const parts = this.#conversation.parts.map(({ part }) => part)
    const lends = role?.isShortNumber(value) ? (tool: string) => role.isOfTool(tool) : undefined
    const names = namesStandingFor(canonicalValue(String(value)), parts, this.#tools, lends)
    return names.some((name) => this.#fromPeople.some((text) => has(text, name)))
  }

  /**
   * A tool gave it whose results are trusted, and no untrusted text has it: a listing says that a value exists, not that
   * the user meant it, so what untrusted text asks for by name needs more than that.
   */
  isFromTrustedTool(value: Value): boolean {
    if (typeof value === 'boolean' || isPlaceholder(value)) return false
    return (
      this.#fromTools.some((text) => has(text, value)) && !this.#untrusted.some((part) => has(partText(part), value))
    )
  }

  /** Where it stands: with people, else in untrusted text, else with a trusted tool. */
  sourceOf(value: Value): Omit<ArgumentSource, 'path'> {
    const holders = this.#conversation.parts.filter(({ part }) => part.origin !== 'model' && has(partText(part), value))
    const person = holders.find(({ part, labels }) => labels.integrity === 'trusted' && part.origin !== 'tool')
    if (person !== undefined) return { from: person.part.origin === 'developer' ? 'developer' : 'user' }
    const holder = holders.find(({ labels }) => labels.integrity === 'untrusted') ?? holders[0]
    if (holder === undefined) return { from: 'nowhere' }
    const from = holder.labels.integrity === 'trusted' ? 'trusted tool' : 'untrusted text'
    return { from, ...(holder.part.tool !== undefined && { tool: holder.part.tool }) }
  }
}

function isPlaceholder(value: string | number): boolean {
  return typeof value === 'string' && PLACEHOLDER.test(value)
}

function has(text: PartText, value: Value): boolean {
  if (typeof value === 'boolean') return false
  if (typeof value === 'number') return text.numbers().has(value)
  const canonical = canonicalText(value)
  return keepsCase(canonical) ? standsIn(text.cased, canonical) : standsIn(text.lower, canonical.toLowerCase())
}
