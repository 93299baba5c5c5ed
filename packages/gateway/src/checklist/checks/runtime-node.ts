import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { NODE_END_OF_LIFE } from '../node-releases.data.ts'

const YEAR_MS = 365 * 86_400_000

export const runtimeNode: Check = {
  id: 'runtime-node',
  run: ({ runtime, now }) => {
    if (runtime?.nodeVersion === undefined)
      return notApplicable('What an API elsewhere runs on cannot be seen from outside.')
    const major = Number(runtime.nodeVersion.split('.')[0])
    const end = NODE_END_OF_LIFE[major]
    if (end === undefined) {
      return major > Math.max(...Object.keys(NODE_END_OF_LIFE).map(Number))
        ? warn(`Node.js ${major} is newer than this list of release lines.`)
        : fail(`Node.js ${major} gets no security fixes any more.`)
    }
    const left = Date.parse(end) - now
    if (left > 0) return pass(`Node.js ${runtime.nodeVersion}: its release line gets security fixes until ${end}.`)
    // A line that ended lately still gets fixes from distributions and vendors; after a year nobody looks.
    return left > -YEAR_MS
      ? warn(`Node.js ${major} gets no security fixes since ${end}.`)
      : fail(`Node.js ${major} gets no security fixes since ${end}.`)
  },
}
