/** Every code a `SallyportError` can carry. The gateway maps each to a status; a test ties codes, types and docs. */
export type SallyportErrorCode =
  'invalid-policy' | 'invalid-options' | 'invalid-pattern' | 'invalid-input' | 'denied' | 'budget-exhausted'

const BRAND = Symbol.for('sallyport.error')

/** A fault: bad configuration, bad data, a broken dependency. A denial is a value (`Verdict`), not an error. */
export class SallyportError extends Error {
  readonly code: SallyportErrorCode
  readonly [BRAND] = true

  constructor(code: SallyportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SallyportError'
    this.code = code
  }

  /** Holds across duplicate installs of the package, where `instanceof` does not. */
  static isInstance(error: unknown): error is SallyportError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true
  }
}
