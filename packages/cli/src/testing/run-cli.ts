import { Writable } from 'node:stream'
import { main } from '../main.ts'

export interface CliRun {
  readonly code: number
  readonly out: string
  readonly err: string
  /** `out` as JSON Lines. */
  readonly lines: readonly Record<string, unknown>[]
}

/** Runs the command line in this process with the given standard input. */
export async function runCli(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Record<string, string> = {},
): Promise<CliRun> {
  const [out, err] = [new Collected(), new Collected()]
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const code = await main(['node', 'sallyport', ...args], {
    in: (async function* () {
      // Pieces of odd sizes: lines and characters are cut in the middle.
      for (let at = 0; at < bytes.length; at += 7_001) yield bytes.subarray(at, at + 7_001)
    })(),
    out,
    err,
    env,
    isInteractive: false,
    color: false,
  })
  return {
    code,
    out: out.text,
    err: err.text,
    get lines() {
      return out.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    },
  }
}

class Collected extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}
