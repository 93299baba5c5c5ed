import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { places } from '../judge.ts'

const SERIOUS = new Set(['downloads-and-runs', 'redirects-model', 'runs-on-open', 'trusts-project-servers'])

export const agenticSupplyChain: Check = {
  id: 'asi04-agentic-supply-chain',
  run: ({ source }) => {
    if (source === undefined) return notApplicable('No source tree was given (--source).')
    const serious = source.findings.filter(
      ({ rule, level, file }) => SERIOUS.has(rule) && level !== 'note' && !file.endsWith('package.json'),
    )
    if (serious.length > 0) return fail(`What agents load or run by themselves: ${places(serious)}.`)
    const unpinned = source.findings.filter(({ rule }) => rule === 'unpinned-server')
    if (unpinned.length > 0) return warn(`MCP servers of any version: ${places(unpinned)}.`)
    return pass(`Nothing in ${source.filesScanned} files lets an agent load or run what nobody pinned.`)
  },
}
