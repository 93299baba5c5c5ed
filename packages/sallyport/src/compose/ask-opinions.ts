import type { Match } from '../guard/guard.ts'
import type { Opinion, OpinionRequest, SecondOpinion } from '../guard/second-opinion.ts'

/** What came of asking one second opinion. */
export type OutsideEvidence =
  | { readonly guard: string; readonly match: Match }
  | { readonly guard: string; readonly failed: SecondOpinion['onFailure'] }

/** The guard that second opinions speak for. */
const GUARD = 'prompt-injection'

/** Asks, side by side, those that the policy and the score so far call for. Never throws: a failure is an answer. */
export async function askOpinions(
  opinions: readonly SecondOpinion[],
  request: OpinionRequest,
): Promise<readonly OutsideEvidence[]> {
  const { stage, origin, score } = request
  const asked = opinions.filter(
    ({ stages, between: [from, to] }) =>
      origin !== 'developer' && stages.includes(stage) && score >= from && score < to,
  )
  const answers = await Promise.all(asked.map((opinion) => askOne(opinion, request)))
  return answers.flat()
}

async function askOne(opinion: SecondOpinion, request: OpinionRequest): Promise<readonly OutsideEvidence[]> {
  const { id, timeoutMs, onFailure } = opinion
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('timed out'))
      abort.abort()
    }, timeoutMs)
  })
  try {
    const found = await Promise.race([opinion.ask(request, abort.signal), late])
    return found.map((each) => ({ guard: GUARD, match: matchOf(id, each, request.text.length) }))
  } catch {
    return [{ guard: GUARD, failed: onFailure }]
  } finally {
    clearTimeout(timer)
  }
}

function matchOf(code: string, { confidence, start = 0, end }: Opinion, length: number): Match {
  const stop = Math.min(end ?? length, length)
  if (!(confidence >= 0 && confidence <= 1) || !(start >= 0 && start <= stop))
    throw new RangeError('An opinion needs a confidence from 0 to 1 and a range inside the text.')
  return {
    code,
    start,
    end: stop,
    confidence,
    severity: confidence >= 0.8 ? 'high' : confidence >= 0.5 ? 'medium' : 'low',
    message: 'A second opinion finds an attack.',
  }
}
