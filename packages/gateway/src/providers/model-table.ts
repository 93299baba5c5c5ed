import type { Provider } from './provider.ts'

export interface ModelRoute {
  readonly provider: Provider
  /** What the provider calls the model. */
  readonly upstreamModel: string
}

const MODEL_NAME = /^[A-Za-z0-9][\w.:/@+-]{0,199}$/

/** Which provider serves which model. Filled from configuration alone: no request can add to it or choose an address. */
export class ModelTable {
  readonly #routes = new Map<string, ModelRoute>()
  #others: Provider | undefined
  readonly #allowed: ReadonlySet<string> | undefined

  /** `allowed`: the only names that may be used; all when absent. */
  constructor(allowed?: readonly string[]) {
    this.#allowed = allowed === undefined ? undefined : new Set(allowed)
  }

  add(model: string, provider: Provider, upstreamModel = model): void {
    if (model === '*') this.#others ??= provider
    else if (!this.#routes.has(model)) this.#routes.set(model, { provider, upstreamModel })
  }

  /** `open` when the name is the caller's and not the operator's: it is a text like any other then. */
  find(model: string): { readonly route: ModelRoute; readonly open: boolean } | undefined {
    if (this.#allowed?.has(model) === false) return undefined
    const route = this.#routes.get(model)
    if (route !== undefined) return { route, open: false }
    if (this.#others === undefined || !MODEL_NAME.test(model)) return undefined
    // A name from the configuration is the operator's, not the caller's.
    return { route: { provider: this.#others, upstreamModel: model }, open: this.#allowed === undefined }
  }

  /** Names from configuration, sorted. */
  get names(): readonly string[] {
    return this.#allowed === undefined
      ? [...this.#routes.keys()].sort()
      : [...this.#allowed].filter((name) => this.find(name) !== undefined).sort()
  }

  /** The provider that takes all other names, if there is one and names are not limited. */
  get others(): Provider | undefined {
    return this.#allowed === undefined ? this.#others : undefined
  }
}
