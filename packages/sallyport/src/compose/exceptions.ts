import type { Exception } from '../config/policy.ts'
import type { Stage } from '../guard/stage.ts'
import type { Passage } from './gate-guard.ts'

/**
 * Tells whether a finding is excepted; `fingerprint` is computed only when an exception asks for it. `counts` says that
 * the policy would have done something: only then the passage hears of it.
 */
export type IsExcepted = (
  guard: string,
  code: string,
  entity: string | undefined,
  fingerprint: () => string | undefined,
  counts: boolean,
) => boolean

export interface ExceptionFilter {
  forPassage(stage: Stage, passage: Passage): IsExcepted | undefined
}

/** Compiles the policy's exceptions. Expired ones are left out at each passage; `now` gives epoch milliseconds. */
export function compileExceptions(exceptions: readonly Exception[], now: () => number): ExceptionFilter {
  const timed = exceptions.map((exception) => ({ ...exception, until: endOf(exception.expires) }))
  return {
    forPassage(stage, passage) {
      if (timed.length === 0) return undefined
      const time = now()
      const live = timed.filter(
        (exception) =>
          exception.until > time &&
          (exception.stage === undefined || exception.stage === stage) &&
          (exception.route === undefined || exception.route === passage.route) &&
          (exception.key === undefined || exception.key === passage.key),
      )
      if (live.length === 0) return undefined
      return (guard, code, entity, fingerprint, counts) => {
        const found = live.find(
          (exception) =>
            exception.guard === guard &&
            (exception.code === undefined || exception.code === code || exception.code === entity) &&
            (exception.fingerprint === undefined || exception.fingerprint === fingerprint()),
        )
        if (found !== undefined && counts) passage.onExcepted?.({ guard, code, stage, reason: found.reason })
        return found !== undefined
      }
    },
  }
}

/** A bare date lasts to its end in UTC. */
function endOf(expires: string): number {
  return Date.parse(expires.length === 10 ? `${expires}T23:59:59.999Z` : expires)
}
