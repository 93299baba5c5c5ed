import type { AgentAudit } from '../../agent/agent-services.ts'
import type { Approve } from '../../agent/run-tools.ts'
import type { Shield } from '../../compose/create-shield.ts'
import type { Passage } from '../../compose/gate-guard.ts'
import type { GateRefusal } from './gate-refusal.ts'

/** What every adapter takes. */
export interface AdapterOptions {
  /** Default: the recommended policy, compiled once for all adapters. */
  readonly shield?: Shield
  /** Where events go; the log of `sallyport/audit` fits. Default: nothing is recorded. */
  readonly audit?: AgentAudit
  /** Whose conversation it is, for events. */
  readonly user?: string
  /** Route and key that exceptions of the policy may name. */
  readonly passage?: Pick<Passage, 'route' | 'key'>
  /** Lets images, sound and files pass, which no gate can read. Default false: they are refused. */
  readonly allowMedia?: boolean
  /** Lets tools run at the provider, and conversations be stored there, where no gate sees them. Default false: refused. */
  readonly allowHosted?: boolean
  /** Asked when the policy wants a person to look at a tool call. Default: the call is refused. */
  readonly approve?: Approve
  /**
   * Words in which a refusal is answered, as if the model had said them and with the finish reason `content-filter`.
   * Default: a refusal of the request, or of an answer that is not streamed, is thrown as `GateRefusal`.
   */
  readonly refusalText?: (refusal: GateRefusal) => string
  /** Milliseconds since the epoch, for events. Default `Date.now`. */
  readonly now?: () => number
}
