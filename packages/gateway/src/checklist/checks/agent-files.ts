import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { places } from '../judge.ts'

export const agentFiles: Check = {
  id: 'agent-files',
  run: ({ source }) => {
    if (source === undefined) return notApplicable('No source tree was given (--source).')
    const other = source.findings.filter(({ rule, level }) => !rule.startsWith('secret') && level !== 'note')
    const errors = other.filter(({ level }) => level === 'error')
    if (errors.length > 0)
      return fail(`${[...new Set(errors.map(({ rule }) => rule))].join(', ')} at ${places(errors)}.`)
    if (other.length > 0) return warn(`${[...new Set(other.map(({ rule }) => rule))].join(', ')} at ${places(other)}.`)
    return pass(`${source.filesScanned} files were scanned.`)
  },
}
