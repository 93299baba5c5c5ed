import type { Writable } from 'node:stream'

/** Where a command reads and writes; a parameter, so that tests need no process. */
export interface Terminal {
  readonly in: AsyncIterable<Uint8Array>
  readonly out: Writable
  readonly err: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** A person types the input. */
  readonly isInteractive: boolean
  /** The output may be coloured. */
  readonly color: boolean
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process
  // The reader (`| head`) has seen enough: that is an end, not a fault.
  stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  return {
    in: stdin,
    out: stdout,
    err: stderr,
    env,
    isInteractive: stdin.isTTY === true,
    // https://no-color.org
    color: stdout.isTTY === true && !env['NO_COLOR'],
  }
}
