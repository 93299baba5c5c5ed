import { type Check, notApplicable, warn } from '../item.ts'
import { judgeProbes, worstOf } from '../judge.ts'
import { CARD, PERSONAL } from '../payloads.ts'

/** Personal data is tried; whether topics and words of one's own are listed is read. */
export const contentPolicy: Check = {
  id: 'content-policy',
  run: async ({ target, probes, policy }) => {
    if (target === undefined || probes === undefined) return notApplicable('No API was probed.')
    const tried = judgeProbes(await probes.input('personal', PERSONAL, CARD), 'a card number')
    if (tried.status !== 'pass' || policy === undefined) return tried
    const options = policy.guards['content-policy']?.options ?? {}
    const listed = Object.values(options).some((value) =>
      Array.isArray(value)
        ? value.length > 0
        : typeof value === 'object' && value !== null && Object.keys(value).length > 0,
    )
    if (listed || policy.preset === 'strict') return tried
    return worstOf([warn(`${tried.evidence} No topics, words or patterns of your own are listed.`)])
  },
}
