import { fail, type Check, notApplicable, pass, warn } from '../item.ts'

export const cascadingFailures: Check = {
  id: 'asi08-cascading-failures',
  run: ({ config, policy }) => {
    if (config === undefined || policy === undefined) return notApplicable('No configuration was looked at.')
    const open = Object.entries(policy.guards).filter(([, guard]) => guard.failOpen === true)
    if (open.length > 0)
      return fail(`Text passes unchecked when these guards fail: ${open.map(([id]) => id).join(', ')}.`)
    if (policy.preset === 'monitor') return fail('The preset monitor lets everything pass, also when a guard fails.')
    const { retries, overallTimeoutMs } = config.upstreamLimits
    if (retries > 3 || overallTimeoutMs > 1_800_000)
      return warn(
        `${retries} retries and ${overallTimeoutMs} ms for one answer let a slow upstream hold everything up.`,
      )
    return pass(`A failed guard refuses; an answer has ${overallTimeoutMs} ms and ${retries} retries.`)
  },
}
