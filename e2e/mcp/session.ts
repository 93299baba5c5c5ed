import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { McpGuard, type McpGuardOptions } from 'sallyport/mcp'
import { LOCK_FILE, lockFile } from 'sallyport/mcp/node'

export const SERVER = resolve(import.meta.dirname, 'server.mjs')
// The built one, as people run it: "npm run build" comes first.
const BIN = resolve(import.meta.dirname, '../../packages/cli/bin/sallyport.js')

export interface Session {
  readonly client: Client
  /** What the guard told its operator. */
  notices(): string
}

/** Runs `use` with a lock file of its own, in a folder that goes away. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-mcp-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The arguments that run the built command line. */
export function cli(...args: readonly string[]): string[] {
  return [BIN, ...args]
}

export interface SessionOptions {
  readonly folder: string
  /** Default `library`: the guard in this process. `none` is the control. */
  readonly through?: 'library' | 'cli' | 'none'
  readonly guard?: Partial<McpGuardOptions>
  /** Options of the command line. */
  readonly options?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A client of the official SDK, connected to a server of a kind: through the guard, or (as a control) without it. */
export async function withSession<Result>(
  kind: string,
  { folder, through = 'library', guard = {}, options = [], env = {} }: SessionOptions,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const lock = join(folder, LOCK_FILE)
  let notices = ''
  const client = new Client({ name: 'test', version: '1' }, { capabilities: { sampling: {} } })
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'm',
    role: 'assistant' as const,
    content: { type: 'text' as const, text: 'sampled' },
  }))
  const command = process.execPath
  let transport: Transport
  if (through === 'library') {
    const [mine, theirs] = InMemoryTransport.createLinkedPair()
    transport = mine
    const server = new StdioClientTransport({ command, args: [SERVER, kind], stderr: 'inherit' })
    const settings: McpGuardOptions = {
      server: kind,
      pins: lockFile(lock),
      onNotice: (text) => (notices += text),
      ...guard,
    }
    await new McpGuard(theirs, server, settings).start()
  } else {
    const guarded = cli('mcp', '--lock', lock, '--name', kind, ...options, '--', command, SERVER, kind)
    const args = through === 'cli' ? guarded : [SERVER, kind]
    const stdio = new StdioClientTransport({ command, args, stderr: 'pipe', cwd: folder, env: { ...env } })
    stdio.stderr?.on('data', (chunk: Buffer) => (notices += chunk.toString('utf8')))
    transport = stdio
  }
  try {
    await client.connect(transport)
    return await use({ client, notices: () => notices })
  } finally {
    await client.close()
  }
}

/** Text of a tool's result. */
export async function call(client: Client, name: string, args: Record<string, unknown> = {}): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args })
  return (content as { readonly text?: string }[]).map(({ text }) => text ?? '').join('\n')
}

export async function toolNames(client: Client): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name)
}
