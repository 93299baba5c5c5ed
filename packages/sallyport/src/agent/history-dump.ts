import { z } from 'zod'
import { SallyportError } from '../errors/sallyport-error.ts'
import type { ChatMessage } from './chat-message.ts'
import type { IoSchema } from './io-schema.ts'

export interface LoadOptions {
  /** The schemas a dump may name. */
  readonly schemas: readonly IoSchema[]
  /** What happens to a message that does not fit. Default `throw`. */
  readonly onInvalid?: 'throw' | 'drop'
}

export interface LoadedHistory {
  readonly messages: readonly ChatMessage[]
  readonly maxMessages: number | undefined
  readonly turnId: string | null
  /** Turns left out because a message of theirs did not fit. */
  readonly dropped: readonly string[]
}

// The field names are those of Atomic Agents' dumps.
const dumpSchema = z.object({
  history: z
    .array(
      z.object({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'model', 'tool']),
        content: z.object({ class_name: z.string(), data: z.string() }),
        turn_id: z.string().min(1).max(200).nullable(),
      }),
    )
    .max(100_000),
  max_messages: z.int().min(0).nullable(),
  current_turn_id: z.string().min(1).max(200).nullable(),
})

export function dumpHistory(
  messages: readonly ChatMessage[],
  maxMessages: number | undefined,
  turnId: string | null,
): string {
  return JSON.stringify({
    history: messages.map(({ role, content, schema, turnId: turn }) => ({
      role,
      content: { class_name: schema.name, data: JSON.stringify(content) },
      turn_id: turn,
    })),
    max_messages: maxMessages ?? null,
    current_turn_id: turnId,
  })
}

export async function loadHistory(dump: string, options: LoadOptions): Promise<LoadedHistory> {
  const parsed = dumpSchema.safeParse(readJson(dump))
  if (!parsed.success) throw new SallyportError('invalid-input', 'The dump does not hold a chat history.')
  // Whoever wrote the dump chose the names in it.
  const registry = new Map(options.schemas.map((schema) => [schema.name, schema]))
  const messages: ChatMessage[] = []
  const dropped = new Set<string>()
  let lastTurn = ''
  for (const { role, content, turn_id } of parsed.data.history) {
    const turnId = turn_id ?? (lastTurn || crypto.randomUUID())
    lastTurn = turnId
    const schema = registry.get(lastPart(content.class_name))
    const value = schema && (await validated(schema, content.data))
    if (schema && value) messages.push({ role, content: value.value, schema, turnId })
    else if (options.onInvalid === 'drop') dropped.add(turnId)
    else
      throw new SallyportError(
        'invalid-input',
        schema ? 'A message does not fit its schema.' : 'A message names an unknown schema.',
      )
  }
  const kept = messages.filter((message) => !dropped.has(message.turnId))
  const current = parsed.data.current_turn_id
  return {
    messages: kept,
    maxMessages: parsed.data.max_messages ?? undefined,
    turnId: current !== null && dropped.has(current) ? (kept.at(-1)?.turnId ?? null) : current,
    dropped: [...dropped],
  }
}

async function validated(schema: IoSchema, text: string): Promise<{ readonly value: unknown } | undefined> {
  const json = readJson(text)
  if (json === undefined) return undefined
  const result = await schema['~standard'].validate(json)
  return result.issues ? undefined : { value: result.value }
}

/** Dumps of the Python original name `module.Class`; the class is the schema's name. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
