import { fail, type Check, type Outcome, pass } from '../item.ts'
import { withTarget, worstOf } from '../judge.ts'

export const identity: Check = {
  id: 'asi03-identity',
  run: (context) =>
    withTarget(context, async (target, probes) => {
      const outcomes: Outcome[] = []
      const open: string[] = []
      for (const [what, key] of [
        ['without a key', null],
        ['with a wrong key', `sp-client-${'Wrong7Key'.repeat(5)}`],
      ] as const) {
        const { status } = await probes.ask(`${target.prefix}/chat/completions`, {
          method: 'POST',
          key,
          body: { model: target.model, messages: [{ role: 'user', content: 'Hello.' }] },
        })
        if (status >= 200 && status < 300) open.push(what)
      }
      outcomes.push(
        open.length > 0
          ? fail(`A model answers ${open.join(' and ')}.`)
          : pass('Without a key and with a wrong key nothing is answered.'),
      )
      if (target.kind === 'sallyport') {
        const reached: string[] = []
        for (const path of ['/admin/api/keys', '/admin/api/events', '/admin/api/config', '/admin/api/summary']) {
          if ((await probes.ask(path)).status < 400) reached.push(path)
        }
        outcomes.push(
          reached.length > 0
            ? fail(`The client key reaches ${reached.join(', ')}.`)
            : pass('The client key reaches nothing of the administration.'),
        )
        const foreign = await probes.ask(`${target.prefix}/models`, { headers: { origin: 'https://page.invalid' } })
        outcomes.push(
          foreign.status === 403
            ? pass('A foreign web page is refused.')
            : fail('A foreign web page may call the API.'),
        )
      }
      return worstOf(outcomes)
    }),
}
