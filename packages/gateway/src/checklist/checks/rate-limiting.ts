import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { provokeLimit } from '../provoke-limit.ts'

/** More requests a minute than a person or an ordinary service sends: stops a runaway and no abuse. */
const GENEROUS = 6_000

export const rateLimiting: Check = {
  id: 'rate-limiting',
  run: async (context) => {
    const { target, config } = context
    if (target === undefined) return notApplicable('No API was probed.')
    const tried = await provokeLimit(context)
    if (tried === undefined) return warn('The limit could not be tried.')
    if (!tried.limited && tried.answered * 2 < tried.sent)
      return warn(
        `${tried.sent} requests in a row met no limit, but ${tried.sent - tried.answered} were refused or failed for another reason, so this shows nothing.`,
      )
    if (!tried.limited) {
      return tried.advertised
        ? warn(`${tried.sent} requests were answered; a limit is announced but was not reached.`)
        : fail(`${tried.sent} requests in a row were answered, and no limit is announced.`)
    }
    if (tried.answered === 0 && (await context.probes?.silence()) !== undefined)
      return warn('Every request was answered with 429, also the first: that is an outage and shows no limit.')
    const proof = `Request ${tried.sent} was answered with 429${tried.retryAfter ? ' and Retry-After' : ''}.`
    const { requestsPerMinute, requestsPerHour, tokensPerMinute, tokensPerHour, tokensPerDay } =
      config?.rateLimits.key ?? {}
    const isTight =
      (requestsPerMinute ?? Infinity) <= GENEROUS ||
      [requestsPerHour, tokensPerMinute, tokensPerHour, tokensPerDay].some((limit) => limit !== undefined)
    if (config !== undefined && !isTight)
      return warn(
        `${tried.lowered ? 'With a limit set lower for the probe: ' : ''}${proof} The configured limit of ${requestsPerMinute ?? 'no'} requests a minute for a key only stops a runaway.`,
      )
    return tried.retryAfter
      ? pass(`${tried.lowered ? 'With the limit set lower for the probe: ' : ''}${proof}`)
      : warn(`${proof} Clients are not told when to come back (Retry-After).`)
  },
}
