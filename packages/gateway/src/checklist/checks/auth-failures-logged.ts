import { fail, type Check, pass } from '../item.ts'
import { judgeEvent } from '../judge-event.ts'
import type { Probes } from '../probes.ts'
import type { Target } from '../target.ts'

export const authFailuresLogged: Check = {
  id: 'auth-failures-logged',
  run: async (context) => {
    const { target, probes } = context
    const single = await judgeEvent(context, 'a wrong key', ['auth_attempt'], async () => {
      if (target === undefined || probes === undefined) return undefined
      const wrong = `sp-client-${'Wrong7Key'.repeat(5)}`
      const { requestId, status } = await probes.ask(`${target.prefix}/models`, { key: wrong })
      return status === 401 || status === 429 ? requestId : undefined
    })
    if (single.status !== 'fail' || target === undefined || probes === undefined) return single
    return (await isFlooded(target, probes))
      ? pass('Wrong keys were recorded within the last minute; in a flood they are recorded as a number.')
      : fail(single.evidence)
  },
}

/** Many refused strangers in one minute are counted, not listed; then the single request is not found. */
async function isFlooded({ adminKey }: Target, probes: Probes): Promise<boolean> {
  const answer = await probes.ask('/admin/api/events?type=auth_attempt&limit=50', { key: adminKey ?? null })
  const { events = [] } = (answer.json ?? {}) as {
    readonly events?: readonly { readonly outcome?: string; readonly time: string }[]
  }
  return (
    events.filter(({ outcome, time }) => outcome === 'failure' && Date.now() - Date.parse(time) < 60_000).length >= 10
  )
}
