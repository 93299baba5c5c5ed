import type { Probes } from '../probes.ts'
import { fail, type Check, notApplicable, type Outcome, pass, warn } from '../item.ts'
import type { Target } from '../target.ts'

const NOBODY = 'Name a receiver under gateway.alerts (webhooks, slack); try it with `sallyport alerts test`.'

/** Whether somebody is told: a test alert to a receiver of the audit where the gateway is ours, its own receivers elsewhere. */
export const alerts: Check = {
  id: 'alerts',
  run: async ({ target, probes, config }) => {
    if (config?.alerts.enabled === false) return fail('gateway.alerts.enabled is false: nothing is watched for.')
    if (target !== undefined && probes !== undefined && target.deliverAlert === undefined) return ofApi(target, probes)
    if (config === undefined) return notApplicable('Neither an API nor a configuration was given.')
    const receivers = [...config.alerts.webhooks, ...config.alerts.slack].map(({ name }) => name)
    if (target?.deliverAlert === undefined)
      return warn(
        receivers.length === 0 ? 'No receiver is configured.' : 'Receivers are configured; none was tried.',
        receivers.length === 0 ? NOBODY : undefined,
      )
    if (!(await target.deliverAlert()))
      return fail('A test alert was sent to a receiver of the audit and did not arrive.')
    return receivers.length === 0
      ? warn(
          'A test alert was delivered to a receiver of the audit, but the configuration names none: alerts are recorded and nobody is told.',
          NOBODY,
        )
      : pass(`A test alert was delivered to a receiver of the audit; configured are ${receivers.join(', ')}.`)
  },
}

async function ofApi({ kind, adminKey, mayAlertPeople }: Target, probes: Probes): Promise<Outcome> {
  if (kind !== 'sallyport' || adminKey === undefined)
    return warn(
      'Whether anybody is told cannot be seen from outside.',
      'Give the audit an admin key of the gateway (--admin-key), or look at your alerting yourself.',
    )
  const listed = await probes.ask('/admin/api/alerts', { key: adminKey })
  const { enabled, sinks = [] } = (listed.json ?? {}) as {
    readonly enabled?: boolean
    readonly sinks?: readonly object[]
  }
  if (listed.status !== 200) return warn(`The gateway does not say what alerts it has (${listed.status}).`)
  if (enabled === false) return fail('Alerts are turned off.')
  if (mayAlertPeople !== true) {
    return warn(
      'Alerts are on; whether they arrive was not tried, as people would see it.',
      'Run the audit with --send-test-alert.',
    )
  }
  const tried = await probes.ask('/admin/api/alerts/test', { method: 'POST', key: adminKey, body: {} })
  const { results = [] } = (tried.json ?? {}) as {
    readonly results?: readonly { readonly kind?: string; readonly ok?: boolean }[]
  }
  const people = results.filter((result) => result.kind !== 'log')
  if (people.length === 0)
    return warn(`No receiver is configured (${sinks.length} in all): alerts are recorded and nobody is told.`, NOBODY)
  return people.every(({ ok }) => ok === true)
    ? pass(`A test alert reached ${people.length} receivers.`)
    : fail('A test alert did not reach every receiver.')
}
