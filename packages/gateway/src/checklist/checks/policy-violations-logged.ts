import type { Check } from '../item.ts'
import { judgeEvent } from '../judge-event.ts'
import { CARD, PERSONAL } from '../payloads.ts'

export const policyViolationsLogged: Check = {
  id: 'policy-violations-logged',
  run: (context) =>
    judgeEvent(context, 'a text against the policy', ['policy_violation'], async () => {
      const results = await context.probes?.input('personal', PERSONAL, CARD)
      return results?.find(({ requestId }) => requestId !== undefined)?.requestId
    }),
}
