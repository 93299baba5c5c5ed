import type { Json, RequestId } from './json-rpc.ts'

/** A request that waits for its answer. */
export interface PendingRequest {
  readonly method: string
  readonly params: Json
  readonly progressToken?: string | number
}

/** Requests under way: bounded, each answered once, none for ever. */
export class PendingRequests {
  readonly #max: number
  readonly #timeoutMs: number
  readonly #entries = new Map<RequestId, PendingRequest & { readonly timer: ReturnType<typeof setTimeout> }>()

  constructor(max: number, timeoutMs: number) {
    this.#max = max
    this.#timeoutMs = timeoutMs
  }

  has(id: RequestId): boolean {
    return this.#entries.has(id)
  }

  /** False when there are too many, or the id is in use. */
  add(id: RequestId, request: PendingRequest, onTimeout: () => void): boolean {
    if (this.#entries.size >= this.#max || this.#entries.has(id)) return false
    const timer = setTimeout(() => {
      this.#entries.delete(id)
      onTimeout()
    }, this.#timeoutMs)
    this.#entries.set(id, { ...request, timer })
    return true
  }

  take(id: RequestId): PendingRequest | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    clearTimeout(entry.timer)
    this.#entries.delete(id)
    return entry
  }

  /** Id of the request that a progress token belongs to; without a token, of the only one there is. */
  idFor(progressToken: unknown): RequestId | undefined {
    for (const [id, { progressToken: own }] of this.#entries) {
      if (progressToken !== undefined && own === progressToken) return id
    }
    return this.#entries.size === 1 ? this.#entries.keys().next().value : undefined
  }

  /** Ends all of them. */
  clear(): readonly RequestId[] {
    const ids = [...this.#entries.keys()]
    for (const id of ids) this.take(id)
    return ids
  }
}
