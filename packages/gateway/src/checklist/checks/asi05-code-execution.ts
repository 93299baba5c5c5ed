import { fail, type Check, pass, warn } from '../item.ts'
import { withTarget } from '../judge.ts'
import { textAt } from '../text-routes.ts'
import { PAYLOADS } from '../payloads.ts'

export const codeExecution: Check = {
  id: 'asi05-code-execution',
  run: (context) =>
    withTarget(context, async (target, probes) => {
      if (target.kind !== 'sallyport')
        return warn('Whether destructive code in answers is noticed cannot be seen from outside.')
      const answer = await probes.ask(`${target.prefix}/guard`, {
        method: 'POST',
        body: { text: PAYLOADS.code(), stage: 'output' },
      })
      const action = textAt(answer.json, ['action'])
      if (answer.status !== 200) return warn(`The output gate could not be asked (${answer.status}).`)
      if (action === 'allow') return fail('Destructive code in an answer is not noticed.')
      return action === 'monitor'
        ? warn(
            'Destructive code in an answer is recorded and passes: nothing here runs it, see that nothing else does.',
            'guards.code-output.actions: review or redact, or run code in a sandbox only.',
          )
        : pass(`Destructive code in an answer is met with ${action}.`)
    }),
}
