import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Writes lines in large pieces and waits when the reader is slower, so that memory stays flat. */
export class LineWriter {
  readonly #out: Writable
  #pending = ''

  constructor(out: Writable) {
    this.#out = out
  }

  async write(value: unknown): Promise<void> {
    await this.writeText(JSON.stringify(value))
  }

  async writeText(line: string): Promise<void> {
    this.#pending += `${line}\n`
    if (this.#pending.length > 65_536) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#pending === '') return
    const piece = this.#pending
    this.#pending = ''
    if (!this.#out.write(piece)) await once(this.#out, 'drain')
  }
}
