import { fail, type Check, type Outcome, pass, warn } from '../item.ts'
import { judgeProbes, withAnswering, worstOf } from '../judge.ts'
import { HIDDEN_INJECTION, INJECTION } from '../payloads.ts'
import type { Probes } from '../probes.ts'
import type { Target } from '../target.ts'

/** Attacks on every route that takes text, and bodies that are no requests at all. */
export const inputValidation: Check = {
  id: 'input-validation',
  run: (context) =>
    withAnswering(context, async (target, probes) => {
      const results = [
        ...(await probes.input('injection', INJECTION)),
        ...(await probes.input('hidden', HIDDEN_INJECTION)),
      ]
      return worstOf([
        judgeProbes(results, 'an override, the same in invisible characters'),
        await badBodies(target, probes),
      ])
    }),
}

const BROKEN: readonly (readonly [what: string, body: (model: string) => string])[] = [
  ['no JSON', () => '{"model": '],
  ['messages that are no list', (model) => JSON.stringify({ model, messages: 7 })],
  ['no messages', (model) => JSON.stringify({ model, messages: [] })],
  ['nesting without end', (model) => `{"model":"${model}","messages":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
]

async function badBodies(target: Target, probes: Probes): Promise<Outcome> {
  const accepted: string[] = []
  const failed: string[] = []
  for (const [what, body] of BROKEN) {
    const { status } = await probes.ask(`${target.prefix}/chat/completions`, {
      method: 'POST',
      body: body(target.model),
    })
    if (status >= 200 && status < 300) accepted.push(what)
    else if (status >= 500) failed.push(what)
  }
  if (accepted.length > 0) return fail(`Requests that are none were answered: ${accepted.join(', ')}.`)
  if (failed.length > 0) return warn(`The server failed (5xx) on: ${failed.join(', ')}.`)
  return pass(`Malformed requests were refused: ${BROKEN.map(([what]) => what).join(', ')}.`)
}
