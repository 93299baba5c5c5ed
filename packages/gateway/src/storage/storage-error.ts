const BRAND = Symbol.for('sallyport.storage-error')

/** The database could not be asked. The message never holds a value: what a server says may repeat what it was sent. */
export class StorageError extends Error {
  readonly [BRAND] = true

  constructor(message: string) {
    super(message)
    this.name = 'StorageError'
  }

  /** Holds across duplicate installs of the package, where `instanceof` does not. */
  static isInstance(error: unknown): error is StorageError {
    return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true
  }
}
