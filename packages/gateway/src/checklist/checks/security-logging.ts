import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { INJECTION } from '../payloads.ts'

/** The log of the gateway itself where it is ours; elsewhere whether an event can be read back. */
export const securityLogging: Check = {
  id: 'security-logging',
  run: async ({ target, probes, config }) => {
    if (config?.audit.enabled === false)
      return fail('gateway.audit.enabled is false: events are held in memory only and end with the process.')
    if (target === undefined || probes === undefined) {
      return config === undefined
        ? notApplicable('Neither an API nor a configuration was given.')
        : warn('The configuration keeps the log; that it is written was not tried.')
    }
    const [first] = await probes.input('injection', INJECTION)
    const events =
      first?.requestId === undefined
        ? []
        : await probes.eventsOf(first.requestId, ['injection_attempt', 'policy_violation'])
    const verified = await target.verifyLog?.()
    if (verified !== undefined) {
      if (!verified.isIntact || verified.records === 0)
        return fail('The log on disk does not verify, or has no records.')
      if (config?.audit.onFailure === 'drop')
        return warn(
          'The log is written and verifies, but while it cannot be written, traffic goes on (onFailure: drop).',
        )
      return pass(`The log on disk has ${verified.records} records and its chain verifies.`)
    }
    if (events.length > 0) return pass('An event of a probe could be read back by its request id.')
    return target.kind === 'sallyport' && target.adminKey !== undefined
      ? fail('The event of a probe could not be found.')
      : warn('Whether events are recorded cannot be seen from outside without an admin key of a Sallyport gateway.')
  },
}
