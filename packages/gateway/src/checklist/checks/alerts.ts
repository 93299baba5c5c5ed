import { fail, type Check, notApplicable, pass, warn } from '../item.ts'

/** Whether somebody is told: by a test alert where the gateway is ours, by the configuration elsewhere. */
export const alerts: Check = {
  id: 'alerts',
  run: async ({ target, config }) => {
    if (target?.deliverAlert !== undefined) {
      return (await target.deliverAlert())
        ? pass('A test alert was delivered.')
        : fail('A test alert was sent and did not arrive.')
    }
    if (config === undefined && target === undefined)
      return notApplicable('Neither an API nor a configuration was given.')
    return warn(
      'Nobody is told: no place that alerts are sent to was found. Repeated wrong keys are recorded as alert events.',
    )
  },
}
