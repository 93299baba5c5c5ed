import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { withTarget } from '../judge.ts'
import { POISONED_DOCUMENT } from '../payloads.ts'
import { textAt } from '../text-routes.ts'

export const retrieval: Check = {
  id: 'llm09-retrieval',
  run: (context) =>
    withTarget(context, async (target, probes) => {
      if (target.kind !== 'sallyport') return notApplicable('Where documents come from cannot be seen from outside.')
      const answer = await probes.ask(`${target.prefix}/guard`, {
        method: 'POST',
        body: { text: POISONED_DOCUMENT, stage: 'retrieval' },
      })
      if (answer.status !== 200) return warn(`The retrieval gate could not be asked (${answer.status}).`)
      const action = textAt(answer.json, ['action'])
      return action === 'redact' || action === 'block' || action === 'review'
        ? pass(`An order hidden in a document was met with ${action} by the retrieval gate.`)
        : fail(`An order hidden in a document passes the retrieval gate (${action}).`)
    }),
}
