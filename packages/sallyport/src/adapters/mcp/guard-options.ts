import type { AdapterOptions } from '../core/adapter-options.ts'
import type { PinStore } from './pins.ts'

/** What a guard in front of an MCP server takes. */
export interface McpGuardOptions extends Omit<AdapterOptions, 'refusalText' | 'allowHosted'> {
  /** Name of the server, chosen by whoever runs it: pins and events carry it. */
  readonly server: string
  /** Where accepted definitions are kept. Servers that share a store are watched for shadowed names. */
  readonly pins: PinStore
  /** Refuses definitions that are not pinned yet, instead of pinning them on first sight. Default false. */
  readonly frozen?: boolean
  /** Lets the server use the client's model (`sampling/createMessage`). Default false: refused. */
  readonly allowSampling?: boolean
  /** Milliseconds until the client is told that a request is not answered. Default 60 000. */
  readonly timeoutMs?: number
  /** Characters of one message, as JSON. Default 4 000 000. */
  readonly maxMessage?: number
  /** Tool calls a minute. Default 120. */
  readonly callsPerMinute?: number
  /** Messages a second that the server may send besides its answers; more are dropped. Default 50. */
  readonly serverMessagesPerSecond?: number
  /** Told what was refused, in one line for the operator. It never holds text from the server. */
  readonly onNotice?: (notice: string) => void
}

/** The part of a transport of `@modelcontextprotocol/sdk` that is used: each of its transports fits. */
export interface McpTransport {
  start(): Promise<void>
  // `never`: the SDK's message type is narrower than what comes over a wire, and each transport has options of its own.
  send(message: never, options?: never): Promise<void>
  close(): Promise<void>
  // A transport calls what is assigned here; `never` as above.
  onmessage?: ((message: never, extra?: never) => void) | undefined
  onclose?: (() => void) | undefined
  onerror?: ((error: Error) => void) | undefined
  setProtocolVersion?: ((version: string) => void) | undefined
}
