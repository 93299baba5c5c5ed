import type { AgentGates, GateStream, StagedFinding } from './agent-gates.ts'
import { denialCodeOf, type DenialCode } from './denial.ts'
import type { FieldReader, IoSchema } from './io-schema.ts'
import { judgeSettled } from './judge-settled.ts'
import { PartialJson } from './partial-json.ts'
import { MAY_BE_MARKUP, RENDERERS, RenderedText } from './rendered-text.ts'

/**
 * Builds partial objects out of an answer that is still arriving. A field is in them when it is complete, gated and valid
 * by its own schema, or as a growing text when its type can make any prefix safe. Everything else waits for the end.
 */
export class PartialOutput {
  readonly #fields: IoSchema['fields']
  readonly #gates: AgentGates
  readonly #json = new PartialJson()
  readonly #shown = new Map<string, unknown>()
  #growing: GrowingField | undefined
  /** Why the output gate stopped the stream. */
  denied: { readonly code: DenialCode; readonly reason: string } | undefined
  readonly findings: StagedFinding[] = []

  constructor(schema: IoSchema, gates: AgentGates) {
    this.#fields = schema.fields
    this.#gates = gates
  }

  /** The object as it may be shown now, or undefined when nothing new can be. */
  async push(chunk: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (this.#fields === undefined || this.denied !== undefined) return undefined
    let changed = false
    for (const step of this.#json.push(chunk)) {
      const field = this.#fields.get(step.name)
      if (!field) continue
      const isNew =
        step.kind === 'growing'
          ? this.#grow(step.name, field, step.text)
          : await this.#complete(step.name, field, step.value)
      if (this.denied !== undefined) return undefined
      changed ||= isNew
    }
    return changed ? Object.fromEntries(this.#shown) : undefined
  }

  #grow(name: string, field: FieldReader, text: string): boolean {
    if (!field.grow) return false
    if (this.#growing?.name !== name) this.#growing = new GrowingField(name, this.#gates.openStream('output'))
    const step = this.#growing.stream.push(text)
    if (step.denied !== undefined) {
      this.denied = { code: 'output-denied', reason: step.denied }
      this.findings.push(...step.findings.map((finding) => ({ ...finding, stage: 'output' as const })))
      return false
    }
    this.#growing.take(step.text, () => this.#gates.openStream('output'))
    if (!this.#growing.isDue()) return false
    const safe = field.grow(this.#growing.text)
    this.#growing.shownLength = this.#growing.text.length
    if (safe === undefined) {
      this.#shown.delete(name)
      return false
    }
    if (this.#shown.get(name) === safe) return false
    this.#shown.set(name, safe)
    return true
  }

  async #complete(name: string, field: FieldReader, value: unknown): Promise<boolean> {
    const gated = await this.#gates.check('output', value)
    if (!gated.ok) {
      this.denied = { code: denialCodeOf(gated.kind), reason: gated.reason }
      this.findings.push(...gated.findings)
      return false
    }
    const result = await field.validate(gated.value)
    if (result.issues) {
      // A text that grew and turned out not to fit is taken back.
      return this.#shown.delete(name)
    }
    const settled = await judgeSettled(gated.value, result.value, field.validate, this.#gates)
    // Whether that ends the run is for the whole answer to say: it may not fit anyway and be asked for again.
    if (!settled.ok) return this.#shown.delete(name)
    if (this.#shown.get(name) === settled.value) return false
    this.#shown.set(name, settled.value)
    return true
  }
}

class GrowingField {
  readonly name: string
  readonly stream: GateStream
  /** What the gate let pass and a reader may see. */
  text = ''
  shownLength = 0
  /** What the gate let pass. */
  #passed = ''
  /** From the first markup on, the text is read as each renderer will show it, too. */
  #renderings: readonly Rendering[] | undefined
  #isHeld = false

  constructor(name: string, stream: GateStream) {
    this.name = name
    this.stream = stream
  }

  /** What is hidden by markup is held until the field is complete and can be judged as a whole. */
  take(text: string, openStream: () => GateStream): void {
    this.#passed += text
    let more = text
    if (this.#renderings === undefined && MAY_BE_MARKUP.test(text)) {
      this.#renderings = RENDERERS.map((renderer) => new Rendering(new RenderedText(renderer), openStream()))
      more = this.#passed
    }
    if (this.#renderings === undefined) this.text = this.#passed
    else if (!this.#isHeld) {
      const ends = this.#renderings.map((rendering) => rendering.push(more))
      this.#isHeld = ends.includes(undefined)
      const end = Math.min(...ends.map((each) => each ?? 0))
      if (end > this.text.length) this.text = this.#passed.slice(0, end)
    }
  }

  /** A long text is made safe again only when it grew by a share of itself, so that the work stays linear. */
  isDue(): boolean {
    return this.text.length - this.shownLength >= Math.max(1, Math.floor(this.shownLength / 64))
  }
}

class Rendering {
  readonly #text: RenderedText
  readonly #stream: GateStream
  #length = 0

  constructor(text: RenderedText, stream: GateStream) {
    this.#text = text
    this.#stream = stream
  }

  /** How much of what was written a reader may see, or undefined once something is hidden in it. */
  push(more: string): number | undefined {
    const step = this.#stream.push(this.#text.push(more))
    if (step.denied !== undefined || step.findings.some(({ action }) => action !== 'monitor')) return undefined
    this.#length += step.text.length
    return this.#text.endOf(this.#length)
  }
}
