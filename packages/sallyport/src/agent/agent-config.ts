import type { Principal } from '../guard/tool-call.ts'
import type { AgentGates } from './agent-gates.ts'
import type { AgentTool } from './agent-tool.ts'
import type { ChatHistory } from './chat-history.ts'
import type { LanguageModel, ModelParameters } from './language-model.ts'
import type { Approve } from './run-tools.ts'
import type { StandardSchema } from './standard-schema.ts'
import type { BaseSystemPromptGenerator } from './system-prompt.ts'
import type { CountTokens } from './token-count.ts'

export interface AgentConfig<Input, Output> {
  /** A model of an AI SDK provider, e.g. `createOpenAICompatible(…)('gpt-5-mini')`. */
  readonly model: LanguageModel
  /** Default `BasicChatInputSchema`. */
  readonly input?: StandardSchema<Input, unknown>
  /** Default `BasicChatOutputSchema`. */
  readonly output?: StandardSchema<unknown, Output>
  /** Default: an empty one without limit. */
  readonly history?: ChatHistory
  /** Default `new SystemPromptGenerator()`. */
  readonly systemPromptGenerator?: BaseSystemPromptGenerator
  /** Role of the system prompt. `null`: none is sent. Default `system`. */
  readonly systemRole?: 'system' | 'developer' | null
  /** Default `assistant`; `model` for providers that say so. */
  readonly assistantRole?: 'assistant' | 'model'
  /** Role of tool results in the history. Default `system`, or `user` when the assistant's role is `model`. */
  readonly toolResultRole?: 'system' | 'user'
  /** Passed to the model as they are. Nothing is set by default. */
  readonly modelApiParameters?: ModelParameters
  /** Oldest turns leave the history when system prompt, history and schemas are estimated to cost more. Default: never. */
  readonly maxContextTokens?: number
  /** Default `estimateTokens`, an upper bound for real text. */
  readonly countTokens?: CountTokens
  /** What the model may call. Default: nothing. */
  readonly tools?: readonly AgentTool[]
  /** Default: `openGates`, which check nothing; `createSecureAgent` puts a shield here. */
  readonly gates?: AgentGates
  /** Asked when the policy wants a person to decide about a tool call. Default: refused. */
  readonly approve?: Approve
  /** How often an answer that does not fit is asked for again. Default 2. */
  readonly reasks?: number
  /** Rounds of tool calls in one run. Default 8. */
  readonly maxSteps?: number
  /** Attempts after a provider's retryable failure. Default 2. */
  readonly retries?: number
  /** Writes the schema of the answer into the prompt too, for models that take none. Default false. */
  readonly schemaInPrompt?: boolean
  /** Told about trimmed history and failing hooks, without content. Default `console.warn`. */
  readonly warn?: (message: string) => void
}

export interface RunSettings {
  readonly signal?: AbortSignal
  /** On whose behalf tools are called: what `who`, `limits` and approvals of the tool policy go by. */
  readonly principal?: Principal
  /** What was retrieved for this run; it stands in the prompt like a context provider's. */
  readonly context?: readonly { readonly title: string; readonly text: string }[]
}
