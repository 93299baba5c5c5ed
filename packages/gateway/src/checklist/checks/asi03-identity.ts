import { fail, type Check, type Outcome, pass, warn } from '../item.ts'
import { withAnswering, worstOf } from '../judge.ts'

export const identity: Check = {
  id: 'asi03-identity',
  run: (context) =>
    withAnswering(context, async (target, probes) => {
      const outcomes: Outcome[] = []
      const open: string[] = []
      const unclear: string[] = []
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
        else if (status !== 401 && status !== 403) unclear.push(`${what} (${status})`)
      }
      outcomes.push(
        open.length > 0
          ? fail(`A model answers ${open.join(' and ')}.`)
          : unclear.length > 0
            ? warn(`A request was not answered, and not for its key: ${unclear.join(', ')}.`)
            : pass('Without a key and with a wrong key nothing is answered; with the right one it is.'),
      )
      if (target.kind === 'sallyport') {
        const reached: string[] = []
        const refused: string[] = []
        for (const path of ['/admin/api/keys', '/admin/api/events', '/admin/api/config', '/admin/api/summary']) {
          const { status } = await probes.ask(path)
          if (status < 400) reached.push(path)
          else if (status === 401 || status === 403) refused.push(path)
        }
        outcomes.push(
          reached.length > 0
            ? fail(`The client key reaches ${reached.join(', ')}.`)
            : refused.length > 0
              ? pass('The client key reaches nothing of the administration.')
              : warn('No route of the administration could be tried.'),
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
