import type { Origin, Stage } from './stage.ts'

/** What a second opinion is asked about. */
export interface OpinionRequest {
  readonly text: string
  readonly stage: Stage
  readonly origin: Origin
  /** What rules and the built-in model think so far, 0 to 1. */
  readonly score: number
}

/** How sure a second opinion is that a text, or a part of it, is an attack. */
export interface Opinion {
  /** 0 to 1; counts like the confidence of a rule. */
  readonly confidence: number
  /** UTF-16 range that it speaks about. Default: the whole text. */
  readonly start?: number
  readonly end?: number
}

/**
 * A slower detector behind the rules and the built-in model of `prompt-injection`: a classifier, a model that judges, a
 * service. It can only raise the score: a doubt it does not share stays as it was.
 */
export interface SecondOpinion {
  /** Kebab-case; the code of its findings. */
  readonly id: string
  /** Stages at which it is asked. Others, text of origin `developer`, and streams are never passed on. */
  readonly stages: readonly Stage[]
  /** Asked when the score so far is at least the first and less than the second. */
  readonly between: readonly [from: number, to: number]
  /** Milliseconds until it counts as failed; its signal is aborted then. */
  readonly timeoutMs: number
  /** What a failure means: the text is denied, or the others decide alone and the failure is recorded. */
  readonly onFailure: 'deny' | 'abstain'
  /** An empty list: it has nothing to say. */
  ask(request: OpinionRequest, signal: AbortSignal): Promise<readonly Opinion[]>
}
