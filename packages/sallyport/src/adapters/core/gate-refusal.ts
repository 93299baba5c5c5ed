import type { StagedFinding } from '../../agent/agent-gates.ts'
import { SallyportError } from '../../errors/sallyport-error.ts'

/** Where in an exchange a gate said no. */
export type RefusedPart = 'request' | 'answer' | 'tool-call' | 'tool-result' | 'definition'

/** A gate said no. Its message is the reason in our words; nothing of the text is in it. */
export class GateRefusal extends SallyportError {
  readonly part: RefusedPart
  readonly findings: readonly StagedFinding[]
  /** Shared with the events of the same call. */
  readonly requestId: string

  constructor(part: RefusedPart, reason: string, requestId: string, findings: readonly StagedFinding[] = []) {
    super('denied', reason)
    this.name = 'GateRefusal'
    this.part = part
    this.requestId = requestId
    this.findings = findings
  }
}
