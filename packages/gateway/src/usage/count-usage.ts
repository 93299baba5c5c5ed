import type { Trail } from '../observe/trail.ts'
import type { UsageMeter } from './usage-meter.ts'

/** Counts a request to a model, once it is over. What a limit or a scope refused used nothing. */
export function countUsage(meter: UsageMeter, { actor, model, timings, usage }: Trail): void {
  if (actor === undefined || model === undefined || timings.limits === undefined) return
  meter.count({ keyId: actor.keyId, user: actor.user, model }, usage)
}
