import type { GuardScan } from './guard.ts'
import type { Origin, Stage } from './stage.ts'

/** Puts placeholders where values were, in texts on their way to the model. One object a conversation. */
export interface Pseudonymizer {
  /**
   * What stands for a value; the same value always has the same placeholder. Undefined when no further value can be
   * kept: then the value is redacted one way.
   */
  placeholder(entity: string, value: string, origin: Origin): string | undefined
  /** Opens a scan for texts that look like placeholders and are none of this conversation's. */
  findLookAlikes(): GuardScan
}

/** Where a text of the model goes. */
export interface RestorePlace {
  readonly stage: Stage
  /** The tool whose arguments the text belongs to. */
  readonly tool?: string
}

/**
 * What happens to a known placeholder: its value is put back, its type is named (`[EMAIL_ADDRESS]`), or it stays as it
 * is. `origins` are those who wrote the value in this conversation.
 */
export type RestoreRule = (entity: string, origins: ReadonlySet<Origin>) => 'restore' | 'name' | 'keep'

/** Puts values back where placeholders are, in texts that come from the model. One object a conversation. */
export interface Restorer {
  /** Opens the way back for one text; undefined when there is nothing to put back. */
  open(rule: RestoreRule, place: RestorePlace): Restoration | undefined
}

/** One text on its way back. For any chunking the text that comes out is the same. */
export interface Restoration {
  /** Takes the next chunk; `end` is true once, with the last. A placeholder that may be incomplete is held back. */
  push(chunk: string, end: boolean): string
  /** True once a placeholder was replaced. */
  readonly changed: boolean
  /** True for a value the rule lets through: who reads it has written it. */
  isOwn(value: string): boolean
}
