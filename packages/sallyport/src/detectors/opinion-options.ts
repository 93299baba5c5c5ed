import { SallyportError } from '../errors/sallyport-error.ts'
import type { SecondOpinion } from '../guard/second-opinion.ts'
import type { Stage } from '../guard/stage.ts'

/** What every second opinion lets you choose. */
export interface OpinionOptions {
  /** Code of its findings. Default `classifier` or `judge`. */
  readonly id?: string
  /** Default `input`, `retrieval` and `tool-result`. */
  readonly stages?: readonly Stage[]
  /** Range of the score so far in which it is asked. Default from 0.05 to 0.8: where the fast tiers are in doubt. */
  readonly between?: readonly [from: number, to: number]
  /** Milliseconds. Default 2,000 for a classifier, 8,000 for a judge. */
  readonly timeoutMs?: number
  /** Default `deny`: without its answer the text is refused. */
  readonly onFailure?: 'deny' | 'abstain'
}

const STAGES: readonly Stage[] = ['input', 'retrieval', 'tool-result']

/** The options with their defaults. Throws `invalid-options` for values that could never work. */
export function withDefaults(
  options: OpinionOptions,
  defaults: { readonly id: string; readonly timeoutMs: number },
): Omit<SecondOpinion, 'ask'> {
  const { id = defaults.id, stages = STAGES, between = [0.05, 0.8], timeoutMs = defaults.timeoutMs } = options
  const { onFailure = 'deny' } = options
  if (!/^[a-z][a-z0-9-]*$/.test(id)) throw invalid('id', 'must be kebab-case')
  if (!(between[0] >= 0 && between[0] < between[1])) throw invalid('between', 'must be two rising numbers from 0')
  if (!(timeoutMs > 0)) throw invalid('timeoutMs', 'must be above 0')
  return { id, stages, between, timeoutMs, onFailure }
}

export function invalid(option: string, problem: string): SallyportError {
  return new SallyportError('invalid-options', `${option} ${problem}`)
}
