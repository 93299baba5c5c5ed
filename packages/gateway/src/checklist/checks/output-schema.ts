import { fail, type Check, notApplicable, type Outcome, pass, warn } from '../item.ts'
import { places, worstOf } from '../judge.ts'
import { BENIGN } from '../payloads.ts'

/** Whether the API passes on only what an answer may have, and whether calls in the source ask for a schema. */
export const outputSchema: Check = {
  id: 'output-schema',
  run: async ({ target, probes, source }) => {
    const outcomes: Outcome[] = []
    if (target !== undefined && probes !== undefined) {
      const answer = await probes.ask(`${target.prefix}/chat/completions`, {
        method: 'POST',
        body: { model: target.model, messages: [{ role: 'user', content: BENIGN }] },
      })
      if (answer.status !== 200)
        outcomes.push(warn(`The question that would show it was answered with ${answer.status}.`))
      else if (target.seen === undefined)
        outcomes.push(warn('Whether unknown parts of an answer are dropped cannot be seen from outside.'))
      else if (answer.text.includes('sallyport_audit_unknown'))
        outcomes.push(fail('A part of an answer that no API has was passed on.'))
      else outcomes.push(pass('A part of an answer that no API has was dropped.'))
    }
    if (source !== undefined && source.modelCalls.length > 0) {
      const loose = source.modelCalls.filter(({ hasSchema }) => !hasSchema)
      outcomes.push(
        loose.length === 0
          ? pass(`${source.modelCalls.length} calls to models in the source ask for a schema.`)
          : warn(`Calls to models without a schema: ${places(loose)}.`),
      )
    }
    return outcomes.length === 0
      ? notApplicable('Neither an API nor calls to models were there to look at.')
      : worstOf(outcomes)
  },
}
