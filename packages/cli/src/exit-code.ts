/** What the process says when it ends: 0 done, 1 a `--fail-on` was reached, 2 wrong usage or configuration. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** A mistake of the person at the keyboard: its message is all they see. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'UsageError'
  }
}
