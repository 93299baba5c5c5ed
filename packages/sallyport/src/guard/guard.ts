import type { z } from 'zod'
import type { Severity, Span } from './finding.ts'
import type { Pseudonymizer, RestorePlace, RestoreRule } from './pseudonyms.ts'
import type { Rule, RuleMatch } from './rule.ts'
import type { Origin, Stage } from './stage.ts'
import type { CallCounter, CallJudge } from './tool-call.ts'
import type { ToolTable } from './tool-settings.ts'

export interface GuardMeta {
  /** Kebab-case, unique, the key in the policy file. */
  readonly id: string
  /** One plain sentence. */
  readonly summary: string
  readonly stages: readonly Stage[]
  /** Taxonomy ids: OWASP LLM and Agentic, MITRE ATLAS. */
  readonly threats: readonly string[]
  /** Codes a `open()` scanner may report, with one sentence each; rules document themselves. */
  readonly codes?: Readonly<Record<string, string>>
}

/** The other texts of the conversation that a text belongs to, for guards that compare. */
export interface ConversationText {
  /** System and developer texts: they must not come out again. */
  readonly system: readonly string[]
  /** What the user and the user's documents said: whoever wrote it learns nothing by reading it again. */
  readonly written?: readonly string[]
  /** Earlier answers of the model, so that a secret told in portions adds up. */
  readonly said?: readonly string[]
  /** What tools gave the model: data that must not travel on in the URL of a link or an image. */
  readonly read?: readonly string[]
}

/** Where a text comes from and what the gate knows about it. */
export interface GuardContext {
  readonly stage: Stage
  readonly origin: Origin
  /** Absent when the caller knows the text alone. Guards may cache by this object: it must not change. */
  readonly conversation?: ConversationText
  /** Makes placeholders for values in a text on its way to the model. Absent when nobody keeps the values. */
  readonly pseudonymizer?: Pseudonymizer
}

/** What a guard noticed at a span; `compose` turns it into a finding and asks the policy what to do. */
export interface Match extends Span {
  readonly code: string
  readonly severity: Severity
  readonly confidence: number
  /** What it is worth beside other evidence at the same place, where that is more than its confidence by itself. */
  readonly support?: number
  readonly message: string
  readonly entity?: string
  /** What stands there instead when the policy says redact. Without it the guard's `replace` or `[code]` is used. */
  readonly replacement?: string
}

/**
 * A guard's own pass over a text, for what no pattern says. Batch is this with one chunk. Offsets are absolute UTF-16
 * positions from the start of the text. For any chunking of the same text the matches must be the same.
 */
export interface GuardScan {
  /** Takes the next chunk; `end` is true exactly once, with the last chunk (which may be empty). */
  push(chunk: string, end: boolean): readonly Match[]
  /** No later match will start before this offset: the text before it may leave. Never decreases. */
  readonly settled: number
}

export interface GuardDefinition<Options = unknown> {
  readonly meta: GuardMeta
  /** Strict zod object with a default for every key: `{}` is valid. */
  readonly options: z.ZodType<Options>
  /** Declared rules, scanned once for all guards of the gate. */
  rules?(options: Options): readonly Rule[]
  /** The guard's own scan, opened per text. Return undefined when it has nothing to do for this stage or origin. */
  open?(options: Options, context: GuardContext): GuardScan | undefined
  /** Text that stands in place of a redacted match. Default `[code]`, or `[ENTITY]` for typed entities. */
  replace?(match: Match, text: string, options: Options, context: GuardContext): string
  /**
   * What becomes of this guard's placeholders in a text of the model, and with it which typed matches are no finding
   * there because their reader wrote them.
   */
  restores?(options: Options, place: RestorePlace): RestoreRule
  /** Widens a match before it is redacted, e.g. to its sentence. Only used on stages that are not streamed. */
  expand?(match: Match, text: string, context: GuardContext): Span
  /**
   * Combines what was found so far into the guard's score, 0 to 1. Default: the highest confidence. Must not decrease
   * when a match is added. `isScanned` tells that the guard's own scan ({@link open}) reads this text besides the rules.
   */
  score?(matches: readonly Match[], context: GuardContext, isScanned: boolean): number
  /** Matches that start further apart than this, in UTF-16 units, do not add up: `score` is asked about near ones only. */
  readonly scoreReach?: number
  /**
   * When true the policy's thresholds apply to the combined score instead of each match's own confidence. A match of no
   * length then counts in the score without being a finding.
   */
  readonly scored?: boolean
  /** For policies: opens the judge of tool calls. It reads no texts, so it has neither rules nor a scan. */
  judge?(options: Options, tools: ToolTable, counter: CallCounter): CallJudge
}

/** Identity with type inference: options are inferred from the schema. */
export function defineGuard<Options>(definition: GuardDefinition<Options>): GuardDefinition<Options> {
  return definition
}

export type { Rule, RuleMatch }
