import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a child is asked: the processor time of one text, from as many runs as fit. */
export interface Job {
  readonly text: string
  readonly budgetMs: number
}

/** A text that takes longer is a result of its own. */
const PATIENCE_MS = 5_000

/** A library in a process that can be stopped. */
export class Runner {
  readonly #name: string
  #process: ChildProcess | undefined

  constructor(name: string) {
    this.#name = name
  }

  /** Processor milliseconds, or why there are none. */
  async time(text: string, budgetMs: number): Promise<number | string> {
    const process = (this.#process ??= await this.#start())
    if (process === undefined) return 'does not start'
    process.send({ text, budgetMs } satisfies Job)
    const answer = await answerOf(process, PATIENCE_MS + budgetMs)
    if (typeof answer === 'number' || answer === 'throws') return answer
    this.stop()
    return answer === 'exit' ? 'crashes' : `> ${PATIENCE_MS / 1_000} s`
  }

  stop(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }

  async #start(): Promise<ChildProcess | undefined> {
    const started = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [this.#name], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return (await answerOf(started, 60_000)) === 'ready' ? started : undefined
  }
}

function answerOf(process: ChildProcess, timeoutMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const done = (answer: unknown): void => {
      clearTimeout(timer)
      process.off('message', done)
      process.off('exit', onExit)
      resolve(answer)
    }
    const onExit = (): void => done('exit')
    const timer = setTimeout(() => done('timeout'), timeoutMs)
    process.once('message', done)
    process.once('exit', onExit)
  })
}
