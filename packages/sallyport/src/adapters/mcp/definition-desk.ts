import type { ToolDefinition } from '../../guard/tool-call.ts'
import { GatedCall } from '../core/gated-call.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import type { McpGuardOptions } from './guard-options.ts'
import { isJson, type Json } from './json-rpc.ts'
import { faultOf } from './judge-definition.ts'
import { type DefinitionKind, pinAt, pinOf, pinsOf, withPins } from './pins.ts'

/** The property that names a definition of its kind. */
const NAME_OF = {
  tools: 'name',
  prompts: 'name',
  resources: 'uri',
  resourceTemplates: 'uriTemplate',
  instructions: 'name',
} as const

/** Decides which definitions of a server are passed on, and remembers which were. */
export class DefinitionDesk {
  readonly #options: McpGuardOptions
  readonly #tools = new Map<string, ToolDefinition>()
  readonly #refused = new Map<string, string>()

  constructor(options: McpGuardOptions) {
    this.#options = options
  }

  /** Definitions of the tools that were passed on. */
  get tools(): ReadonlyMap<string, ToolDefinition> {
    return this.#tools
  }

  /** The definitions of a list that may be passed on, unchanged. */
  async admit(kind: DefinitionKind, list: unknown): Promise<readonly Json[]> {
    const admitted: Json[] = []
    const seen = new Set<string>()
    for (const definition of Array.isArray(list) ? list : []) {
      if (!isJson(definition)) continue
      const name = definition[NAME_OF[kind]]
      if (typeof name !== 'string') continue
      const isTwice = seen.has(name)
      seen.add(name)
      const fault = isTwice
        ? 'mcp/shadowed-name: The server lists the name twice.'
        : await this.#fault(kind, name, definition)
      const key = `${kind}/${name}`
      if (fault === undefined) {
        this.#refused.delete(key)
        if (kind === 'tools') this.#tools.set(name, toolDefinition(definition))
        admitted.push(definition)
      } else {
        this.#refused.set(key, fault)
        if (kind === 'tools') this.#tools.delete(name)
        await this.#report(kind, fault)
      }
    }
    return admitted
  }

  /** Why a tool or prompt may not be used, or nothing. One that is pinned may be used before it was listed again. */
  async useFault(kind: 'tools' | 'prompts', name: unknown): Promise<string | undefined> {
    const key = `${kind}/${String(name)}`
    const refused = this.#refused.get(key)
    if (refused !== undefined) return refused
    if (kind === 'tools' && this.#tools.has(String(name))) return undefined
    const { accepted } = pinsOf(await this.#options.pins.read(), this.#options.server)
    return pinAt(accepted, key) ? undefined : 'Its definition was not seen yet: list what the server offers first.'
  }

  async #fault(kind: DefinitionKind, name: string, definition: Json): Promise<string | undefined> {
    const { pins, server, frozen = false } = this.#options
    const key = `${kind}/${name}`
    const pin = await pinOf(definition)
    const lock = await pins.read()
    const known = pinAt(pinsOf(lock, server).accepted, key)
    // A person who accepted a definition has read it.
    if (known?.digest === pin.digest) return undefined
    const fault = await faultOf(kind, name, definition, new GatedCall(this.#options, server), lock, server)
    const isRefused = fault !== undefined || known !== undefined || frozen
    await pins.update((current) => {
      const { accepted, pending } = pinsOf(current, server)
      return isRefused
        ? withPins(current, server, { accepted, pending: { ...pending, [key]: pin } })
        : withPins(current, server, { accepted: { ...accepted, [key]: pin }, pending })
    })
    if (fault !== undefined) return fault
    if (known !== undefined) return 'mcp/changed-definition: It is not the definition that was accepted.'
    return frozen ? 'mcp/new-definition: It was never accepted, and the lock is frozen.' : undefined
  }

  async #report(kind: DefinitionKind, fault: string): Promise<void> {
    this.#options.onNotice?.(`${this.#options.server}: a definition (${kind}) was refused. ${fault}`)
    try {
      await new GatedCall(this.#options, this.#options.server).refuse('definition', fault)
    } catch (error) {
      if (!(error instanceof GateRefusal)) throw error
    }
  }
}

function toolDefinition(definition: Json): ToolDefinition {
  const { description, inputSchema: schema } = definition
  return { ...(typeof description === 'string' && { description }), ...(schema !== undefined && { schema }) }
}
