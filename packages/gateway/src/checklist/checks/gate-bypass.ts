import { fail, type Check, notApplicable, pass } from '../item.ts'
import { places } from '../judge.ts'

export const gateBypass: Check = {
  id: 'gate-bypass',
  run: ({ source }) => {
    if (source === undefined) return notApplicable('No source tree was given (--source).')
    if (source.modelCalls.length === 0) return notApplicable(`No calls to models in ${source.filesScanned} files.`)
    const direct = source.modelCalls.filter(({ way }) => way === 'direct')
    if (direct.length > 0) return fail(`Calls straight to a provider: ${places(direct)}.`)
    return pass(`${source.modelCalls.length} calls to models: all gated or sent to a base URL that is configured.`)
  },
}
