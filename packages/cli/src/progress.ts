import type { Terminal } from './terminal.ts'

/** One line on standard error that says what is being done; nothing where nobody watches. */
export class Progress {
  readonly #terminal: Terminal
  #isShown = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** `text`: our words and counts, never a name from what is looked at. */
  say(text: string): void {
    if (!this.#terminal.color) return
    this.#terminal.err.write(`\r\u001b[K${text}`)
    this.#isShown = true
  }

  clear(): void {
    if (this.#isShown) this.#terminal.err.write('\r\u001b[K')
    this.#isShown = false
  }
}
