import type { AgentResult } from './denial.ts'

/**
 * A run that shows what it can while it goes on. Iterate it for partial objects; `result` ends it, also for those who never
 * iterate. Leaving the loop early cancels the call of the model.
 */
export class AgentStream<Output> implements AsyncIterable<Partial<Output>> {
  readonly #run: AsyncGenerator<Partial<Output>, AgentResult<Output>>
  #settled: AgentResult<Output> | undefined

  constructor(run: AsyncGenerator<Partial<Output>, AgentResult<Output>>) {
    this.#run = run
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Partial<Output>, AgentResult<Output> | undefined> {
    try {
      for (;;) {
        const step = await this.#run.next()
        if (step.done) return this.#settle(step.value)
        yield step.value
      }
    } finally {
      // The type wants a result; nobody sees it.
      if (!this.#settled) await this.#run.return(undefined as never)
    }
  }

  /**
   * The outcome. Reads what nobody iterated.
   *
   * @throws Error when the loop was left before the end.
   */
  async result(): Promise<AgentResult<Output>> {
    while (!this.#settled) {
      const step = await this.#run.next()
      if (!step.done) continue
      this.#settle(step.value)
      if (!this.#settled) throw new Error('The stream was left before its end: there is no result.')
    }
    return this.#settled
  }

  #settle(result: AgentResult<Output> | undefined): AgentResult<Output> | undefined {
    if (result) this.#settled ??= result
    return result
  }
}
