import type { Severity } from './finding.ts'
import type { Origin } from './stage.ts'

/** Whether others than the user and the developer may have written it. */
export type Integrity = 'trusted' | 'untrusted'
/** How bad it is if it leaves. */
export type Confidentiality = 'public' | 'private' | 'secret'

/** One piece of the conversation before a call. Keep the object between calls: what is read out of it is kept with it. */
export interface ConversationPart {
  readonly origin: Origin
  readonly text?: string
  /** What a tool gave back, as JSON; a text that is JSON is read as well. */
  readonly value?: unknown
  /** The tool whose result it is. */
  readonly tool?: string
  /** Lowers the trust that the origin or the tool has; there is no way to raise it. */
  readonly integrity?: 'untrusted'
  /** Raises how confidential it is; it cannot be lowered. */
  readonly confidentiality?: Confidentiality
}

/** The tool as the model was told of it. */
export interface ToolDefinition {
  readonly description?: string
  /** JSON Schema of the arguments. */
  readonly schema?: unknown
}

/** On whose behalf a call is made. */
export interface Principal {
  readonly user?: string
  /** Id of the client key, never the key. */
  readonly key?: string
  readonly role?: string
}

/** A tool call that is to be judged. */
export interface ToolCall {
  readonly tool: string
  /** As they would run: judged after all edits. */
  readonly arguments: unknown
  readonly definition?: ToolDefinition
  readonly principal?: Principal
  /** All that the model has read so far. Absent: not known, which is taken at its worst. */
  readonly conversation?: readonly ConversationPart[]
}

/** What a policy has against a call. */
export interface CallMatch {
  readonly code: string
  readonly severity: Severity
  /** One sentence; names only what the policy file names, never what the model wrote. */
  readonly message: string
  /** JSON pointer into the arguments. */
  readonly path?: string
}

/** Where a value of an argument was found, for the person who has to decide. */
export interface ArgumentSource {
  /** JSON pointer into the arguments. */
  readonly path: string
  readonly from: 'user' | 'developer' | 'trusted tool' | 'untrusted text' | 'nowhere'
  /** The tool whose result has it. */
  readonly tool?: string
}

export interface CallJudgement {
  readonly matches: readonly CallMatch[]
  /** Why it may run, if nothing speaks against it: the end of "it may run, because …". */
  readonly because: string
  readonly sources?: readonly ArgumentSource[]
}

/** Judges the calls of one policy. */
export interface CallJudge {
  judge(call: ToolCall): CallJudgement
  /** Counts a call that nothing forbids; a match when a limit is reached. Not called for calls that are blocked. */
  count?(call: ToolCall): readonly CallMatch[] | Promise<readonly CallMatch[]>
}

/** Adds up what callers used. Must be atomic: either all of it is taken or nothing. */
export interface CallCounter {
  /** Takes `amount` from what `key` may use in any window of `perSeconds`; false when that is more than is left. */
  take(
    key: string,
    amount: number,
    limit: { readonly max: number; readonly perSeconds: number },
  ): boolean | Promise<boolean>
}
