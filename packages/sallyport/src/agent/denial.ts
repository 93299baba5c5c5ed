import { SallyportError } from '../errors/sallyport-error.ts'
import type { StagedFinding } from './agent-gates.ts'
import type { TokenUsage } from './model-turn.ts'

export type DenialCode =
  | 'rate-limited'
  | 'invalid-input'
  | 'input-denied'
  | 'needs-approval'
  | 'output-denied'
  | 'invalid-output'
  | 'too-many-steps'

/** Why a run did not end with an answer. An expected result, hence a value. */
export interface Denial {
  readonly code: DenialCode
  /** In our words or the schema's, never quoted text. */
  readonly reasons: readonly string[]
  /** When the same call may pass at the earliest. */
  readonly retryAfterMs?: number
}

interface RunFacts {
  /** What the gates found, also where nothing was done about it. */
  readonly findings: readonly StagedFinding[]
  readonly usage: TokenUsage
  /** Calls of the model. */
  readonly modelCalls: number
  /** Tool calls that were refused, by tool. */
  readonly refusedCalls: readonly { readonly tool: string; readonly reason: string }[]
}

export type AgentResult<Output> =
  | (RunFacts & { readonly status: 'done'; readonly output: Output })
  | (RunFacts & { readonly status: 'denied'; readonly denial: Denial })

/** The code for a text that its gate did not let pass. */
export function denialCodeOf(kind: 'deny' | 'review'): 'needs-approval' | 'output-denied' {
  return kind === 'review' ? 'needs-approval' : 'output-denied'
}

/** A denial thrown for those who asked for exceptions. */
export class AgentRefusal extends SallyportError {
  readonly denial: Denial

  constructor(denial: Denial) {
    super('denied', denial.reasons.join(' '))
    this.name = 'AgentRefusal'
    this.denial = denial
  }
}

/** @throws AgentRefusal when the run was denied. */
export function orThrow<Output>(result: AgentResult<Output>): Output {
  if (result.status === 'done') return result.output
  throw new AgentRefusal(result.denial)
}
