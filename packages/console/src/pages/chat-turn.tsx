import type { SecurityEvent } from '@sallyport/gateway/contract'
import type { ChatReply } from '../api/chat-client.ts'
import { OutcomeBadge } from '../ui/badges.tsx'
import { MarkdownView } from '../ui/markdown-view.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { requestLink } from '../ui/route.ts'
import { SafeText } from '../ui/safe-text.tsx'
import { gateNotes } from './gate-notes.ts'

/** A question and what came of it. */
export interface Turn {
  readonly id: string
  readonly question: string
  readonly model: string
  readonly state: 'streaming' | 'done' | 'stopped' | 'failed'
  readonly reply?: ChatReply
  readonly error?: string
}

interface ChatTurnProps {
  readonly turn: Turn
  /** Events of this turn's request, as far as they have arrived. */
  readonly events: readonly SecurityEvent[]
}

export function ChatTurn({ turn, events }: ChatTurnProps) {
  const { question, model, state, reply, error } = turn
  return (
    <article class="turn">
      <div class="said said-user">
        <p class="said-who">You</p>
        <div class="said-text" dir="auto">
          <SafeText text={question} />
        </div>
      </div>
      {state === 'streaming' && reply === undefined && <p class="waiting">At the gate…</p>}
      {reply !== undefined && (reply.text !== '' || reply.toolCalls.length > 0) && (
        <div class="said said-model">
          <p class="said-who">
            <SafeText text={model} />
          </p>
          <div class="said-text" dir="auto" aria-busy={state === 'streaming'}>
            <MarkdownView text={reply.text} />
            {reply.toolCalls.map((call, index) => (
              <div key={index} class="tool-call">
                <span>Wants to call</span>
                <code>
                  <SafeText text={call.name} />
                </code>
                <pre tabIndex={0} aria-label="Arguments">
                  <SafeText text={call.arguments} />
                </pre>
              </div>
            ))}
          </div>
        </div>
      )}
      {reply?.refusal && (
        <div class="refusal tone-block" role="alert">
          <OutcomeBadge outcome="block" />
          <div>
            <p class="refusal-title">
              {reply.refusal.gate === 'input' ? 'Refused at the input gate' : 'Stopped at the output gate'}
            </p>
            <p>
              <SafeText text={reply.refusal.reason} />
            </p>
            {reply.refusal.rule !== undefined && (
              <p class="refusal-rule">
                Rule <code>{reply.refusal.rule}</code>
              </p>
            )}
          </div>
        </div>
      )}
      {state === 'stopped' && <p class="waiting">Stopped by you.</p>}
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      <GateNotes events={events} requestId={reply?.requestId} />
    </article>
  )
}

function GateNotes({
  events,
  requestId,
}: {
  readonly events: readonly SecurityEvent[]
  readonly requestId: string | undefined
}) {
  if (requestId === undefined) return null
  return (
    <ul class="gate-notes" aria-label="What the gates did">
      {gateNotes(events).map((note) => (
        <li key={note.id}>
          <OutcomeBadge outcome={note.outcome} />
          <span>
            {note.gate}
            {note.codes.length > 0 && ': '}
            {note.codes.map(({ code, count }, index) => (
              <>
                {index > 0 && ', '}
                <code>{code}</code>
                {count > 1 && ` ×${count}`}
              </>
            ))}
            {note.more > 0 && ` and ${note.more} more`}
          </span>
        </li>
      ))}
      <li>
        <a href={requestLink(requestId)}>Events of this request</a>
      </li>
    </ul>
  )
}
