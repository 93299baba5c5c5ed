import { jsonTexts, withJsonTexts } from '../conversation/json-texts.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { strongerDecision, strongerOutcome } from '../guard/decision.ts'
import type { ToolCall } from '../guard/tool-call.ts'
import type { CallVerdict } from './call-gate.ts'
import type { ConversationVerdict } from './check-parts.ts'
import type { Passage } from './gate-guard.ts'

/** The answer about a whole tool call. */
export interface ToolCallVerdict extends CallVerdict {
  /** With all edits: only these were judged, and only these may run. */
  readonly arguments: unknown
}

/** Judges the texts of a call first, then the call as the edits leave it: what was judged is what runs. */
export async function checkToolCall(
  call: ToolCall,
  passage: Passage | undefined,
  checkTexts: (parts: readonly TextPart[], passage?: Passage) => Promise<ConversationVerdict>,
  judgeCall: (call: ToolCall, passage?: Passage) => Promise<CallVerdict>,
): Promise<ToolCallVerdict> {
  const parts = jsonTexts(call.arguments, 'tool-call', 'model').map((part) => ({ ...part, tool: call.tool }))
  const texts = await checkTexts(parts, passage)
  const edited = withJsonTexts(call.arguments, new Map(texts.parts.map(({ path, text }) => [path, text])))
  if (texts.outcome === 'block') {
    const { outcome, decision, findings } = texts
    const explanation = 'The call is refused: a text in its arguments is not allowed.'
    return { outcome, decision, findings, explanation, sources: [], arguments: edited }
  }
  const judged = await judgeCall({ ...call, arguments: edited }, passage)
  const decidedByText = strongerOutcome(judged.outcome, texts.outcome) !== judged.outcome
  return {
    outcome: strongerOutcome(judged.outcome, texts.outcome),
    decision: strongerDecision(judged.decision, texts.decision),
    findings: [...texts.findings, ...judged.findings],
    explanation:
      decidedByText && texts.outcome === 'review'
        ? 'The call needs a person: a text in its arguments has to be looked at.'
        : judged.explanation,
    sources: judged.sources,
    arguments: edited,
  }
}
