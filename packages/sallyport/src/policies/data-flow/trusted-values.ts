import type { ArgumentSource } from '../../guard/tool-call.ts'
import type { ToolTable } from '../../guard/tool-settings.ts'
import { canonicalText, canonicalValue, keepsCase } from '../canonical-value.ts'
import type { LabelledConversation } from './labels.ts'
import { partText, standsIn, type PartText } from './part-text.ts'
import { namesStandingFor } from './records.ts'

type Value = string | number | boolean

/** Says who gave a value. Equal means equal after the normalisation of `canonical-value.ts`, or the same number. */
export class TrustedValues {
  readonly #conversation: LabelledConversation
  readonly #tools: ToolTable
  readonly #fromPeople: readonly PartText[]
  readonly #fromTools: readonly PartText[]

  constructor(conversation: LabelledConversation, tools: ToolTable) {
    this.#conversation = conversation
    this.#tools = tools
    const trusted = conversation.parts.filter(({ labels }) => labels.integrity === 'trusted').map(({ part }) => part)
    this.#fromPeople = trusted.filter(({ origin }) => origin === 'user' || origin === 'developer').map(partText)
    this.#fromTools = trusted.filter(({ origin }) => origin === 'tool').map(partText)
  }

  /** The user or developer gave it, or called the record it stands for by name. */
  isFromPeople(value: Value): boolean {
    if (this.#fromPeople.some((text) => has(text, value))) return true
    if (typeof value === 'boolean') return false
    const names = namesStandingFor(
      canonicalValue(String(value)),
      this.#conversation.parts.map(({ part }) => part),
      this.#tools,
    )
    return names.some((name) => this.#fromPeople.some((text) => has(text, name)))
  }

  /** A tool gave it whose results are trusted. */
  isFromTrustedTool(value: Value): boolean {
    return this.#fromTools.some((text) => has(text, value))
  }

  /** Where it stands, best first. */
  sourceOf(value: Value): Omit<ArgumentSource, 'path'> {
    const holders = this.#conversation.parts.filter(({ part }) => part.origin !== 'model' && has(partText(part), value))
    const person = holders.find(({ part, labels }) => labels.integrity === 'trusted' && part.origin !== 'tool')
    if (person !== undefined) return { from: person.part.origin === 'developer' ? 'developer' : 'user' }
    const holder = holders.find(({ labels }) => labels.integrity === 'trusted') ?? holders[0]
    if (holder === undefined) return { from: 'nowhere' }
    const from = holder.labels.integrity === 'trusted' ? 'trusted tool' : 'untrusted text'
    return { from, ...(holder.part.tool !== undefined && { tool: holder.part.tool }) }
  }
}

function has(text: PartText, value: Value): boolean {
  if (typeof value === 'boolean') return false
  if (typeof value === 'number') return text.numbers().has(value)
  const canonical = canonicalText(value)
  return keepsCase(canonical) ? standsIn(text.cased, canonical) : standsIn(text.lower, canonical.toLowerCase())
}
