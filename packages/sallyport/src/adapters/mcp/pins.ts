import { canonicalJson, type JsonValue } from '../../guard/canonical-json.ts'
import type { Json } from './json-rpc.ts'

export const DEFINITION_KINDS = ['tools', 'prompts', 'resources', 'resourceTemplates', 'instructions'] as const
export type DefinitionKind = (typeof DEFINITION_KINDS)[number]

/** A definition as it was seen, and its SHA-256 in the one way of writing it (RFC 8785). */
export interface Pin {
  readonly digest: string
  readonly definition: JsonValue
}

/** The pins of one server: what was accepted, and what waits for somebody to look at it. */
export interface ServerPins {
  readonly accepted: Readonly<Record<string, Pin>>
  readonly pending: Readonly<Record<string, Pin>>
}

/** What `sallyport-mcp.lock.json` holds. Pins are named `kind/name`. */
export interface LockData {
  readonly version: 1
  readonly servers: Readonly<Record<string, ServerPins>>
}

export const EMPTY_LOCK: LockData = { version: 1, servers: {} }
export const NO_PINS: ServerPins = { accepted: {}, pending: {} }

/** Keeps pins. `update` must be atomic also between processes. */
export interface PinStore {
  read(): LockData | Promise<LockData>
  update(change: (lock: LockData) => LockData): Promise<void>
}

/** Pins that last as long as the process. */
export function memoryPins(lock: LockData = EMPTY_LOCK): PinStore {
  let current = lock
  return {
    read: () => current,
    update: async (change) => {
      current = change(current)
    },
  }
}

export async function pinOf(definition: Json): Promise<Pin> {
  const value = JSON.parse(JSON.stringify(definition)) as JsonValue
  const bytes = new TextEncoder().encode(canonicalJson(value))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { digest: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''), definition: value }
}

export function pinsOf(lock: LockData, server: string): ServerPins {
  return Object.hasOwn(lock.servers, server) ? (lock.servers[server] ?? NO_PINS) : NO_PINS
}

export function pinAt(pins: Readonly<Record<string, Pin>>, name: string): Pin | undefined {
  return Object.hasOwn(pins, name) ? pins[name] : undefined
}

/** The lock with other pins for one server, names sorted so that the file reads well in a diff. */
export function withPins(lock: LockData, server: string, pins: ServerPins): LockData {
  const sorted = (all: Readonly<Record<string, Pin>>): Record<string, Pin> =>
    Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
  const entry = { accepted: sorted(pins.accepted), pending: sorted(pins.pending) }
  const servers = Object.entries(lock.servers).filter(([name]) => name !== server)
  return {
    version: 1,
    servers: Object.fromEntries([...servers, [server, entry] as const].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** The lock after somebody accepted what waits: all of it, or the pins that are named. */
export function acceptPending(lock: LockData, server: string, names?: readonly string[]): LockData {
  const { accepted, pending } = pinsOf(lock, server)
  const chosen = Object.entries(pending).filter(([name]) => names === undefined || names.includes(name))
  const rest = Object.entries(pending).filter(([name]) => names !== undefined && !names.includes(name))
  return withPins(lock, server, {
    accepted: { ...accepted, ...Object.fromEntries(chosen) },
    pending: Object.fromEntries(rest),
  })
}
