import type { Shield } from 'sallyport'

const LABEL = /^[\w.:/@+-]{1,200}$/
const MAX_KNOWN = 1_000

/**
 * Says whether a short technical string from outside (a model name, a fingerprint of a system) may pass: it has the form
 * of a label and the output gate finds nothing in it. Answers are remembered, as the same few labels come all the time.
 */
export class LabelCheck {
  readonly #shield: Shield
  readonly #known = new Map<string, boolean>()

  constructor(shield: Shield) {
    this.#shield = shield
  }

  async isClean(label: string): Promise<boolean> {
    const known = this.#known.get(label)
    if (known !== undefined) return known
    if (!LABEL.test(label)) return false
    const verdict = await this.#shield.check({ text: label, stage: 'output', origin: 'model' })
    const clean = verdict.outcome === 'allow' || verdict.outcome === 'monitor'
    if (this.#known.size >= MAX_KNOWN) this.#known.clear()
    this.#known.set(label, clean)
    return clean
  }
}
