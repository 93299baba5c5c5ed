export type { AgentConfig, RunSettings } from './agent-config.ts'
export { openGates, shieldGates } from './agent-gates.ts'
export type {
  AgentGates,
  GateAnswer,
  GateStream,
  ReadContext,
  ShieldGateOptions,
  StagedFinding,
} from './agent-gates.ts'
export type { AgentAdmission, AgentAudit, AgentAuditEvent, AgentLimiter } from './agent-services.ts'
export { AgentStream } from './agent-stream.ts'
export { defineTool, formatToolMessage, type AgentTool, type ToolCallContext } from './agent-tool.ts'
export { approveAt, type ApproveAtOptions } from './approve-at.ts'
export { AtomicAgent, type BasicChatMessage } from './atomic-agent.ts'
export { ChatHistory } from './chat-history.ts'
export type { ChatMessage, ChatRole, RenderedMessage } from './chat-message.ts'
export {
  BasicChatInputSchema,
  BasicChatOutputSchema,
  ConstrainedOutputSchema,
  SecureInputSchema,
} from './chat-schemas.ts'
export { AgentRefusal, orThrow, type AgentResult, type Denial, type DenialCode } from './denial.ts'
export type { LoadOptions } from './history-dump.ts'
export type { AgentEvent, AgentEvents, HookHandler } from './hooks.ts'
export { ioSchema, type FieldReader, type IoSchema, type JsonSchema } from './io-schema.ts'
export type {
  LanguageModel,
  ModelCall,
  ModelParameters,
  ModelPart,
  PartStream,
  PromptMessage,
} from './language-model.ts'
export { boundedList, probability, type BoundedListOptions } from './list-fields.ts'
export { Media, mediaField, type MediaKind } from './media.ts'
export type { TokenUsage } from './model-turn.ts'
export { CallPlan, planCalls, plannedTools, type PlannedCall, type PlanOptions } from './plan-calls.ts'
export { readQuarantined, type QuarantineOptions } from './read-quarantined.ts'
export type { ReloadedHistory } from './reload-history.ts'
export type { ApprovalRequest, Approve } from './run-tools.ts'
export { safeSystemPrompt } from './safe-system-prompt.ts'
export { scriptedModel } from './scripted-model.ts'
export type { ScriptedAnswer, ScriptedModel, ScriptOptions } from './scripted-model.ts'
export { createSecureAgent, SecureAgent } from './secure-agent.ts'
export type { SecureAgentOptions, SecureInput, SecureRunSettings } from './secure-agent.ts'
export { secureAgentCall } from './secure-agent-call.ts'
export type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts'
export { BaseSystemPromptGenerator, SystemPromptGenerator } from './system-prompt.ts'
export type { ContextProvider, ContextProviders, ContextView, SystemPromptOptions } from './system-prompt.ts'
export { htmlText, safeHtml, safeMarkdown, secureText } from './text-fields.ts'
export type { SecureTextOptions, TextFieldOptions } from './text-fields.ts'
export type { CountTokens, TokenCount } from './token-count.ts'
