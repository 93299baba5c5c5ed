import type { Stage } from '../guard/stage.ts'
import type { AgentGates, StagedFinding } from './agent-gates.ts'
import { ChatHistory } from './chat-history.ts'
import type { ChatMessage, ChatRole } from './chat-message.ts'
import { loadHistory } from './history-dump.ts'
import type { IoSchema } from './io-schema.ts'

export interface ReloadedHistory {
  readonly history: ChatHistory
  /** Turns that did not fit or did not pass. */
  readonly droppedTurns: readonly string[]
  readonly findings: readonly StagedFinding[]
}

/**
 * Loads a dump through the gates. Storage is not trusted: what claims to be the assistant's is judged like a retrieved
 * document as well, and nothing comes back with the authority of a system message.
 */
export async function reloadHistory(
  dump: string,
  schemas: readonly IoSchema[],
  gates: AgentGates,
): Promise<ReloadedHistory> {
  const loaded = await loadHistory(dump, { schemas, onInvalid: 'drop' })
  const dropped = new Set(loaded.dropped)
  const findings: StagedFinding[] = []
  const messages: ChatMessage[] = []
  for (const message of loaded.messages) {
    let { content } = message
    for (const stage of stagesOf(message.role)) {
      const gated = await gates.check(stage, content)
      findings.push(...gated.findings)
      content = gated.value
      if (!gated.ok) dropped.add(message.turnId)
    }
    // An edit may have broken what the schema promises.
    const fitted = await message.schema['~standard'].validate(content)
    if (fitted.issues) dropped.add(message.turnId)
    else messages.push({ ...message, role: plainRole(message.role), content: fitted.value })
  }
  const kept = messages.filter((message) => !dropped.has(message.turnId))
  const turnId = kept.at(-1)?.turnId ?? null
  const { maxMessages } = loaded
  return {
    history: ChatHistory.fromLoaded({ messages: kept, maxMessages, turnId, dropped: [] }),
    droppedTurns: [...dropped],
    findings,
  }
}

function stagesOf(role: ChatRole): readonly Stage[] {
  switch (role) {
    case 'user':
      return ['input']
    case 'assistant':
    case 'model':
      return ['output', 'retrieval']
    case 'system':
    case 'developer':
    case 'tool':
      return ['tool-result']
    default:
      return role satisfies never
  }
}

/** A tool's result stays one: under the user's role it could pass for the user's word. */
function plainRole(role: ChatRole): ChatRole {
  return role === 'assistant' || role === 'model' || role === 'user' ? role : 'tool'
}
