/**
 * Why there is no secret. `not-found`: the place says it has none. `unavailable`: the place could not be asked.
 * `invalid-reference`: no place of ours. `no-field`: the secret has no such field.
 */
export type SecretErrorCode = 'not-found' | 'unavailable' | 'invalid-reference' | 'no-field'

const BRAND = Symbol.for('sallyport.secret-error')

/** A secret that could not be had. The message names the reference, never a value, and never what a server said. */
export class SecretError extends Error {
  readonly code: SecretErrorCode
  readonly [BRAND] = true

  constructor(code: SecretErrorCode, message: string) {
    super(message)
    this.name = 'SecretError'
    this.code = code
  }

  /** Holds across duplicate installs of the package, where `instanceof` does not. */
  static isInstance(error: unknown): error is SecretError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true
  }
}
