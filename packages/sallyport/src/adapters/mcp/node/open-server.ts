import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { McpTransport } from '../guard-options.ts'

/** How to reach the guarded server. Only whoever starts the guard decides it, never a message. */
export type ServerTarget =
  | {
      readonly command: string
      readonly args: readonly string[]
      /** What the child sees besides PATH, HOME and the like (see `getDefaultEnvironment` of the SDK). Default nothing. */
      readonly env?: Readonly<Record<string, string>>
      readonly cwd?: string
    }
  | { readonly url: URL; readonly headers?: Readonly<Record<string, string>> }

/** Opens a connection of its own to the server: one per session. */
export function openServer(target: ServerTarget, maxBytes: number): McpTransport {
  if ('url' in target) {
    const requestInit = target.headers === undefined ? {} : { requestInit: { headers: { ...target.headers } } }
    return new StreamableHTTPClientTransport(target.url, requestInit)
  }
  const { command, args, env = {}, cwd } = target
  return new StdioClientTransport({
    command,
    args: [...args],
    env: { ...env },
    stderr: 'inherit',
    maxBufferSize: maxBytes,
    ...(cwd !== undefined && { cwd }),
  })
}
