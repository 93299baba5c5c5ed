import type { Decision, Outcome } from '../guard/decision.ts'
import type { ConversationText, GuardDefinition } from '../guard/guard.ts'
import type { Pseudonymizer, Restoration, Restorer } from '../guard/pseudonyms.ts'
import type { Rule } from '../guard/rule.ts'
import type { Stage } from '../guard/stage.ts'
import type { OutsideEvidence } from './ask-opinions.ts'
import { canHold, ladderFor, type StagePolicy } from './action-table.ts'

/** A guard with its options parsed and its policy for one stage. */
export interface GateGuard {
  readonly definition: GuardDefinition
  readonly options: unknown
  readonly rules: readonly Rule[]
  readonly policy: StagePolicy
  readonly failOpen: boolean
}

export interface GateSettings {
  readonly maxWork: number
  readonly fingerprint: ((text: string) => string) | undefined
  /** Guards whose score is in every verdict, found or not. */
  readonly alwaysScored: readonly string[]
}

/** What the caller knows about the text's way: route and key for exceptions, the conversation for guards that compare. */
/** A finding that the policy would have acted on, and an exception lets pass. */
export interface Excepted {
  readonly guard: string
  readonly code: string
  readonly stage: Stage
  /** The reason that the exception gives. */
  readonly reason: string
}

export interface Passage {
  readonly route?: string
  readonly key?: string
  /** Hears of findings that an exception of the policy lets pass, perhaps of the same one more than once. Must not throw. */
  readonly onExcepted?: (excepted: Excepted) => void
  /** Use one object for all texts of an answer: what guards make of it is kept with it. */
  readonly conversation?: ConversationText
  /** What second opinions said about this text, whole texts only. */
  readonly evidence?: readonly OutsideEvidence[]
  /** For texts on their way to the model: values get placeholders that can be undone. See `sallyport/vault`. */
  readonly pseudonymizer?: Pseudonymizer
  /** For texts that come from the model: values take the place of their placeholders before anything is judged. */
  readonly restorer?: Restorer
}

/** The way of one text. */
export interface TextPassage extends Passage {
  readonly restoration?: Restoration | undefined
}

/** Whether text must wait for this finding, because the policy could edit or stop it. */
export function holds(guard: GateGuard, code: string, entity: string | undefined): boolean {
  return canHold(ladderFor(guard.policy, code, entity))
}

/** The decision an outcome amounts to. */
export function decisionFor(outcome: Outcome, reason: string): Decision {
  switch (outcome) {
    case 'block':
      return { kind: 'deny', reason }
    case 'review':
      return { kind: 'require-approval', reason }
    case 'allow':
    case 'monitor':
    case 'redact':
      return { kind: 'allow' }
    default:
      return outcome satisfies never
  }
}
