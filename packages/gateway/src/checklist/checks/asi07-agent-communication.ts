import { isLoopback } from '../../http/check-caller.ts'
import { fail, type Check, notApplicable, type Outcome, pass } from '../item.ts'
import { places, worstOf } from '../judge.ts'

export const agentCommunication: Check = {
  id: 'asi07-agent-communication',
  run: ({ config, source }) => {
    const outcomes: Outcome[] = []
    if (config !== undefined && config.upstreams.length > 0) {
      const plain = config.upstreams.filter(
        ({ baseUrl }) => baseUrl.startsWith('http://') && !isLoopback(new URL(baseUrl).hostname),
      )
      outcomes.push(
        plain.length > 0
          ? fail(`Upstreams called by plain HTTP: ${plain.map(({ name }) => name).join(', ')}.`)
          : pass('Upstreams are called by https:// or on this machine.'),
      )
    }
    if (source !== undefined) {
      const found = source.findings.filter(({ rule }) => rule === 'plain-http-server')
      outcomes.push(
        found.length > 0
          ? fail(`MCP servers called by plain HTTP: ${places(found)}.`)
          : pass('No MCP server is called by plain HTTP.'),
      )
    }
    return outcomes.length === 0 ? notApplicable('No upstreams and no source tree to look at.') : worstOf(outcomes)
  },
}
