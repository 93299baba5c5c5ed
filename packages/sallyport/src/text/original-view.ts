import { ViewBuffer } from './view-buffer.ts'
import type { ViewStream } from './view.ts'

/** The text as it stands. */
export class OriginalView implements ViewStream {
  readonly name = 'original'
  readonly differs = true
  readonly #buffer = new ViewBuffer()

  get text(): string {
    return this.#buffer.text
  }

  get base(): number {
    return this.#buffer.base
  }

  get consumed(): number {
    return this.#buffer.end
  }

  startAt(index: number): number {
    return index
  }

  endAt(index: number): number {
    return index + 1
  }

  push(chunk: string): void {
    this.#buffer.appendEqual(chunk, this.#buffer.end)
  }

  trim(index: number): void {
    this.#buffer.trim(index)
  }
}
