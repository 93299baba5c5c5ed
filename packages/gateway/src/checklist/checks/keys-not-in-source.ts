import { fail, notApplicable, pass, warn, type Check } from '../item.ts'
import { places } from '../judge.ts'

export const keysNotInSource: Check = {
  id: 'keys-not-in-source',
  run: ({ source }) => {
    if (source === undefined) return notApplicable('No source tree was given (--source).')
    const found = source.findings.filter(({ rule, level }) => rule.startsWith('secret') && level === 'error')
    if (found.length > 0) return fail(`Credentials at ${places(found)}.`)
    const doubtful = source.findings.filter(({ rule, level }) => rule.startsWith('secret') && level === 'warning')
    if (doubtful.length > 0) return warn(`What may be credentials, at ${places(doubtful)}.`)
    if (source.commits === undefined)
      return warn(`${source.filesScanned} files hold none; the git history was not read.`)
    return pass(`${source.filesScanned} files and ${source.commits} commits hold none.`)
  },
}
