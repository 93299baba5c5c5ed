import type { Secret, SecretsManager } from 'sallyport/secrets'
import { SecretError } from 'sallyport/secrets'
import { ConfigurationError } from '../configuration-error.ts'

/** The key of an upstream, as it is now. */
export interface UpstreamKey {
  /** The value to send. */
  readonly current: string | undefined
  /**
   * Reads the key for the first time and watches it from then on.
   *
   * @throws ConfigurationError naming the reference, never the value.
   */
  load(): Promise<void>
  /** Asks the source again after the upstream refused `used`; true when there is another key now. */
  renew(used: string): Promise<boolean>
}

export interface SecretKeyOptions {
  readonly reference: string
  readonly secrets: SecretsManager
  /** What was read before. */
  readonly initial?: Secret
  /** Called when the key is read for the first time; may refuse it by throwing. */
  readonly onRead?: (secret: Secret) => void
  readonly onRotate: () => void
}

/** A key behind a reference, kept fresh in the background and renewed when the upstream refuses it. */
export class SecretKey implements UpstreamKey {
  readonly #options: SecretKeyOptions
  #current: Secret | undefined
  #isWatched = false

  constructor(options: SecretKeyOptions) {
    this.#options = options
    this.#current = options.initial
    options.secrets.onRotate(({ reference, secret }) => {
      if (reference === options.reference) this.#take(secret)
    })
  }

  get current(): string | undefined {
    return this.#current?.reveal()
  }

  async load(): Promise<void> {
    const { reference, secrets, onRead } = this.#options
    let secret
    try {
      secret = await secrets.getSecret(reference)
    } catch (error) {
      if (!SecretError.isInstance(error)) throw error
      throw new ConfigurationError(error.message)
    }
    if (!isSendable(secret)) throw new ConfigurationError(`The secret at ${reference} has characters no key has.`)
    if (!this.#isWatched) {
      onRead?.(secret)
      secrets.watch(reference)
    }
    this.#isWatched = true
    if (this.#current === undefined) this.#current = secret
    else this.#take(secret)
  }

  async renew(used: string): Promise<boolean> {
    if (this.current !== used) return true
    try {
      this.#take(await this.#options.secrets.refresh(this.#options.reference))
    } catch {
      // The source is away as well: the caller hears of the refused key.
    }
    return this.current !== used
  }

  #take(secret: Secret): void {
    if (!isSendable(secret) || this.#current === undefined || this.#current.equals(secret)) return
    this.#current = secret
    this.#options.onRotate()
  }
}

/** A line break or control character in a header value would be another header. */
function isSendable(secret: Secret): boolean {
  return /^[\x21-\x7e]+$/.test(secret.reveal())
}
