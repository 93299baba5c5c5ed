import { fold, skeleton } from '../../text/fold.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import type { GatedCall } from '../core/gated-call.ts'
import type { Json } from './json-rpc.ts'
import type { DefinitionKind, LockData } from './pins.ts'
import { POISON_SIGNS } from './poison-signs.data.ts'

/** Every text of a definition, names of properties included: schemas hide orders in enums, defaults and keys. */
const DEFINITION = { stage: 'tool-result', origin: 'tool', as: 'free' } as const

/** Names that the protocol's own advice allows. Look-alike letters have no place in them. */
const PLAIN_NAME = /^[\x21-\x7e][\x20-\x7e]{0,255}$/

/**
 * Why a definition is not passed on, or nothing: orders to the model, hidden text, a name that cannot be told apart, a tool
 * of another server that it takes the name of or talks about.
 */
export async function faultOf(
  kind: DefinitionKind,
  name: string,
  definition: Json,
  call: GatedCall,
  lock: LockData,
  server: string,
): Promise<string | undefined> {
  if ((kind === 'tools' || kind === 'prompts') && !PLAIN_NAME.test(name)) {
    return 'Its name holds characters that can be taken for others.'
  }
  const poison = await poisonOf(definition, call)
  if (poison !== undefined) return poison
  return kind === 'tools' ? shadowOf(name, definition, lock, server) : undefined
}

async function poisonOf(definition: Json, call: GatedCall): Promise<string | undefined> {
  try {
    const found = await call.findings(definition, DEFINITION)
    const finding = found.find(({ guard, action }) => action !== 'monitor' && (guard !== 'pii' || action === 'block'))
    if (finding) return `${finding.guard}/${finding.code}: ${finding.message ?? 'It is not allowed in a definition.'}`
  } catch (error) {
    if (error instanceof GateRefusal) return error.message
    throw error
  }
  const texts = textsOf(definition).join('\n')
  const readings = [fold(texts), skeleton(texts)]
  const sign = POISON_SIGNS.find(({ pattern }) => readings.some((reading) => pattern.test(reading)))
  return sign && `mcp/${sign.code}: ${sign.reason}`
}

function shadowOf(name: string, definition: Json, lock: LockData, server: string): string | undefined {
  const text = textsOf(definition).join('\n')
  for (const [other, { accepted }] of Object.entries(lock.servers)) {
    if (other === server) continue
    for (const pinned of Object.keys(accepted)) {
      if (!pinned.startsWith('tools/')) continue
      const tool = pinned.slice('tools/'.length)
      if (sounds(tool) === sounds(name)) return `mcp/shadowed-name: The server ${other} has a tool of that name.`
      if (isDistinct(tool) && mentions(text, tool)) {
        return `mcp/cross-reference: It talks about a tool of the server ${other}.`
      }
    }
  }
  return undefined
}

/** Names that a model or a person takes for one another are equal here. */
function sounds(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** A name that no ordinary sentence holds. */
function isDistinct(tool: string): boolean {
  return tool.length >= 6 && /[_.-]|[a-z][A-Z]/.test(tool)
}

function mentions(text: string, tool: string): boolean {
  for (let at = text.indexOf(tool); at >= 0; at = text.indexOf(tool, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + tool.length] ?? ' '}`
    if (!/[\p{L}\p{N}_]/u.test(around)) return true
  }
  return false
}

function textsOf(value: unknown, texts: string[] = [], depth = 0): string[] {
  if (typeof value === 'string') texts.push(value)
  else if (typeof value === 'object' && value !== null && depth < 64) {
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) texts.push(key)
      textsOf(item, texts, depth + 1)
    }
  }
  return texts
}
