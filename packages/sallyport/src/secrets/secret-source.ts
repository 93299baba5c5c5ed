/** A place where secrets are kept. */
export interface SecretSource {
  /** What its references start with: `env` for `env:NAME`. */
  readonly scheme: string
  /**
   * The text at a place, at best within the time of the signal.
   *
   * @throws SecretError `not-found` or `unavailable`; anything else counts as unavailable.
   */
  read(place: string, signal: AbortSignal): Promise<string>
}
