import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { provokeLimit } from '../provoke-limit.ts'

export const rateLimitEventsLogged: Check = {
  id: 'rate-limit-events-logged',
  run: async (context) => {
    if (context.target === undefined) return notApplicable('No API was probed.')
    const tried = await provokeLimit(context)
    if (tried === undefined || !tried.limited) return warn('No limit was reached, so no event could be looked for.')
    if (tried.events === undefined)
      return warn(
        'Whether a refused request is recorded cannot be seen from outside.',
        'Give the audit an admin key of the gateway (--admin-key).',
      )
    return tried.events.includes('rate_limit')
      ? pass('A request over the limit was recorded as rate_limit.')
      : fail('A request over the limit left no event.')
  },
}
