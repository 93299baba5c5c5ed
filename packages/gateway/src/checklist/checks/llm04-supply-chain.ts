import { namesOf } from '../advisories.ts'
import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { places } from '../judge.ts'

const RULES = new Set(['downloads-and-runs', 'install-script'])

export const supplyChain: Check = {
  id: 'llm04-supply-chain',
  run: ({ source, runtime }) => {
    if (source === undefined) return notApplicable('No source tree was given (--source).')
    const bad = source.findings.filter(
      ({ rule, level, file }) => RULES.has(rule) && level !== 'note' && file.endsWith('package.json'),
    )
    if (bad.length > 0) return fail(`Installing runs something unusual: ${places(bad)}.`)
    if (source.lock === undefined) return warn('No lock file was found: what is installed changes by itself.')
    if (runtime?.advisories === undefined)
      return warn(
        `${source.lock.file} pins ${source.lock.packages} packages; no advisories were given to compare them with.`,
        'npm audit --json > advisories.json; sallyport audit --advisories advisories.json',
      )
    const serious = runtime.advisories.filter(({ severity }) => severity === 'high' || severity === 'critical')
    return serious.length > 0
      ? fail(`Known vulnerabilities: ${namesOf(serious)}.`)
      : pass(`${source.lock.file} pins ${source.lock.packages} packages, and none has a serious known vulnerability.`)
  },
}
