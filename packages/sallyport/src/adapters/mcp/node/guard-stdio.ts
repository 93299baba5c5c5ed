import type { Readable, Writable } from 'node:stream'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { McpGuardOptions } from '../guard-options.ts'
import { McpGuard } from '../mcp-guard.ts'
import { openServer, type ServerTarget } from './open-server.ts'

/** Bytes of one message on a pipe: above what a character can take. */
const BYTES_PER_CHARACTER = 4

/**
 * Guards a server for the client on standard input and output. Settles when either side went away.
 *
 * @throws Error when the server cannot be started.
 */
export async function guardStdio(
  target: ServerTarget,
  options: McpGuardOptions,
  streams: { readonly stdin?: Readable; readonly stdout?: Writable } = {},
): Promise<void> {
  const { stdin = process.stdin, stdout = process.stdout } = streams
  const maxBufferSize = maxBytes(options)
  const client = new StdioServerTransport(stdin, stdout, { maxBufferSize })
  const guard = new McpGuard(client, openServer(target, maxBufferSize), options)
  // The transport of the SDK does not notice that its input ended.
  const onEnd = (): void => void guard.close()
  stdin.once('end', onEnd)
  stdin.once('close', onEnd)
  await guard.start()
  await guard.closed
}

export function maxBytes({ maxMessage = 4_000_000 }: McpGuardOptions): number {
  return maxMessage * BYTES_PER_CHARACTER
}
