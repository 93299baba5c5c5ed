import type { Check } from '../item.ts'
import { judgeEvent } from '../judge-event.ts'
import { INJECTION } from '../payloads.ts'

export const injectionAttemptsLogged: Check = {
  id: 'injection-attempts-logged',
  run: (context) =>
    judgeEvent(context, 'an injection', ['injection_attempt'], async () => {
      const results = await context.probes?.input('injection', INJECTION)
      return results?.find(({ requestId }) => requestId !== undefined)?.requestId
    }),
}
