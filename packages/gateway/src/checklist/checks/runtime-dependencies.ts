import { namesOf } from '../advisories.ts'
import { fail, type Check, notApplicable, pass, warn } from '../item.ts'

export const runtimeDependencies: Check = {
  id: 'runtime-dependencies',
  run: ({ runtime }) => {
    if (runtime?.advisories === undefined) return notApplicable('No advisory source was given (--advisories).')
    const { advisories } = runtime
    const serious = advisories.filter(({ severity }) => severity === 'high' || severity === 'critical')
    if (serious.length > 0) return fail(`Vulnerable: ${namesOf(serious)}.`)
    if (advisories.length > 0) return warn(`Vulnerable, none seriously: ${namesOf(advisories)}.`)
    return pass('The advisories name none of the installed packages.')
  },
}
