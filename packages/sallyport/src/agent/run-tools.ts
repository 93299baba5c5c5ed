import type { ArgumentSource, ConversationPart, Principal, ToolCall } from '../guard/tool-call.ts'
import type { AgentGates, StagedFinding } from './agent-gates.ts'
import type { AgentTool } from './agent-tool.ts'
import type { PromptMessage, ToolCallPart, ToolResultPart } from './language-model.ts'
import type { RequestedCall } from './model-turn.ts'
import { readAnswer } from './read-answer.ts'
import { reasonOf } from './standard-schema.ts'

/** A tool call as a person who must approve it sees it: after redaction, as it would run. */
export interface ApprovalRequest {
  readonly tool: string
  readonly input: unknown
  /** One sentence: why a person is asked. */
  readonly reason: string
  readonly callId: string
  /** What the approval is about: the call with its definition, the caller and the conversation before it. */
  readonly call: ToolCall
  readonly findings: readonly StagedFinding[]
  /** Where the values in question were found. */
  readonly sources: readonly ArgumentSource[]
}

export type Approve = (request: ApprovalRequest) => boolean | Promise<boolean>

export interface ToolDesk {
  readonly tools: ReadonlyMap<string, AgentTool>
  readonly gates: AgentGates
  readonly approve?: Approve | undefined
  readonly signal?: AbortSignal | undefined
  /** What the model had read when it asked for the calls. */
  readonly conversation: readonly ConversationPart[]
  readonly principal?: Principal | undefined
}

export interface ToolsRun {
  /** What the model reads next, with the tool it came from. */
  readonly read: readonly ConversationPart[]
  /** The two messages that go back to the model. */
  readonly messages: readonly PromptMessage[]
  readonly findings: readonly StagedFinding[]
  readonly refused: readonly { readonly tool: string; readonly reason: string }[]
}

/**
 * Runs the calls of one model turn, one after the other. A call that is unknown, does not fit, is denied or fails is
 * answered with an error the model can read; the run goes on.
 */
export async function runTools(calls: readonly RequestedCall[], desk: ToolDesk): Promise<ToolsRun> {
  const asked: ToolCallPart[] = []
  const answers: ToolResultPart[] = []
  const findings: StagedFinding[] = []
  const refused: { tool: string; reason: string }[] = []
  const read: ConversationPart[] = []
  for (const call of calls) {
    const done = await runCall(call, desk, findings)
    const toolName = desk.tools.has(call.name) ? call.name : 'unknown_tool'
    const ids = { toolCallId: call.id, toolName }
    asked.push({ type: 'tool-call', ...ids, input: done.input })
    if ('error' in done) {
      refused.push({ tool: toolName, reason: done.error })
      answers.push({ type: 'tool-result', ...ids, output: { type: 'error-text', value: done.error } })
    } else {
      answers.push({ type: 'tool-result', ...ids, output: { type: 'json', value: done.result } })
      read.push({ origin: 'tool', tool: toolName, value: done.result })
    }
  }
  return {
    read,
    messages: [
      { role: 'assistant', content: asked },
      { role: 'tool', content: answers },
    ],
    findings,
    refused,
  }
}

type CallOutcome =
  { readonly input: unknown; readonly result: unknown } | { readonly input: unknown; readonly error: string }

async function runCall(requested: RequestedCall, desk: ToolDesk, findings: StagedFinding[]): Promise<CallOutcome> {
  const tool = desk.tools.get(requested.name)
  if (!tool) return { input: {}, error: 'There is no such tool.' }
  const json = readAnswer(requested.arguments.trim() === '' ? '{}' : requested.arguments)
  if (!json.ok) return { input: {}, error: 'The arguments are not a JSON object.' }
  // Gated first, then validated: what was judged is what runs.
  const gated = await desk.gates.check('tool-call', json.value)
  findings.push(...gated.findings)
  const input = gated.value
  if (!gated.ok && gated.kind === 'deny') return { input: {}, error: `The call was refused: ${gated.reason}` }
  const fitted = await tool.input['~standard'].validate(input)
  if (fitted.issues)
    return {
      input,
      error: `The arguments do not fit. ${fitted.issues.map((issue) => reasonOf(issue, tool.input)).join('; ')}`,
    }
  const call: ToolCall = {
    tool: tool.name,
    arguments: fitted.value,
    definition: { description: tool.description, schema: tool.input.jsonSchema },
    conversation: desk.conversation,
    ...(desk.principal && { principal: desk.principal }),
  }
  const judged = await desk.gates.judgeCall?.(call)
  const judgedFindings = (judged?.findings ?? []).map((finding): StagedFinding => ({ ...finding, stage: 'tool-call' }))
  findings.push(...judgedFindings)
  if (judged?.decision.kind === 'deny') return { input, error: judged.explanation }
  const reason = judged?.decision.kind === 'require-approval' ? judged.explanation : gated.ok ? undefined : gated.reason
  if (reason !== undefined) {
    const request: ApprovalRequest = {
      tool: tool.name,
      input: fitted.value,
      reason,
      callId: requested.id,
      call,
      findings: [...gated.findings, ...judgedFindings],
      sources: judged?.sources ?? [],
    }
    if (!desk.approve || !(await desk.approve(request))) {
      return { input, error: `The call needs a person's approval and did not get it: ${reason}` }
    }
  }
  let result: unknown
  try {
    result = await tool.run(fitted.value, { callId: requested.id, ...(desk.signal && { signal: desk.signal }) })
  } catch (error) {
    if (desk.signal?.aborted) throw error
    // What a tool throws may hold paths, keys or queries.
    return { input, error: 'The tool failed.' }
  }
  const answer = await desk.gates.check('tool-result', plainJson(result))
  findings.push(...answer.findings)
  if (!answer.ok) return { input, error: `The result was withheld: ${answer.reason}` }
  return { input, result: answer.value }
}

/** What the model is sent is JSON; nothing else may hide in it. */
function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null))
}
