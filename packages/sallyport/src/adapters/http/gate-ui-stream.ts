import { GateRefusal } from '../core/gate-refusal.ts'
import type { GatedCall } from '../core/gated-call.ts'
import type { Place } from '../core/read-texts.ts'
import { TextBlocks } from '../core/text-blocks.ts'

type UiPart = Readonly<Record<string, unknown>>

const OUTPUT: Place = { stage: 'output', origin: 'model', as: 'free' }
const CALL: Place = { stage: 'tool-call', origin: 'model', as: 'free' }
const RESULT: Place = { stage: 'tool-result', origin: 'tool', as: 'free' }
const SKIP: Place = { ...OUTPUT, as: 'skip' }
const NO_TEXT: ReadonlySet<string> = new Set(['type', 'id', 'toolCallId', 'messageId', 'sourceId', 'mediaType'])

/**
 * Puts the parts of a UI message stream of the AI SDK through the gates. Texts grow behind theirs; the arguments of a tool
 * come in one piece once they are judged. A refusal ends the stream with an error part.
 */
export async function* gateUiStream(parts: AsyncIterable<UiPart>, call: GatedCall): AsyncGenerator<UiPart> {
  const blocks = { text: new TextBlocks(call), reasoning: new TextBlocks(call) }
  const open = new Map<string, 'text' | 'reasoning'>()
  const tools = new Map<unknown, string>()
  try {
    for await (const part of parts) {
      const type = String(part['type'])
      const id = String(part['id'])
      const kind = type.startsWith('text-') ? 'text' : type.startsWith('reasoning-') ? 'reasoning' : undefined
      if (kind === undefined) {
        if (type !== 'tool-input-delta') yield await gatePart(type, part, call)
        // The model goes on from what its tools brought.
        const { toolCallId, toolName, output } = part
        if (typeof toolName === 'string') tools.set(toolCallId, toolName)
        const tool = tools.get(toolCallId)
        if (type === 'tool-output-available')
          call.readsOn({ origin: 'tool', value: output, ...(tool !== undefined && { tool }) })
      } else if (type.endsWith('-delta')) {
        const delta = await blocks[kind].push(id, String(part['delta']))
        if (delta !== '') yield { ...part, delta }
      } else {
        if (type.endsWith('-start')) open.set(id, kind)
        else {
          const delta = await blocks[kind].close(id)
          open.delete(id)
          if (delta !== '') yield { type: `${kind}-delta`, id, delta }
        }
        yield await gatePart(type, part, call)
      }
    }
    for (const [id, kind] of open) {
      const delta = await blocks[kind].close(id)
      if (delta !== '') yield { type: `${kind}-delta`, id, delta }
    }
    await call.end()
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    for (const [id, kind] of open) yield { type: `${kind}-end`, id }
    yield { type: 'error', errorText: `Refused by policy: ${error.message}` }
  }
}

async function gatePart(type: string, part: UiPart, call: GatedCall): Promise<UiPart> {
  if (type === 'file') await call.refuseMedia('answer')
  if (type.startsWith('tool-input-')) {
    const judged = await call.toolCalls(part, CALL, place(CALL), (value) =>
      type === 'tool-input-available'
        ? [{ tool: String(value['toolName']), input: value['input'], callId: String(value['toolCallId']) }]
        : [],
    )
    return judged.value
  }
  const root = type.startsWith('tool-output-') ? RESULT : OUTPUT
  return (await call.answer(part, root, place(root))).value
}

/** Ids and kinds are no text; below the properties that may hold anything, everything is. */
function place(root: Place): (key: string) => Place {
  return (key) => (NO_TEXT.has(key) ? SKIP : root)
}
