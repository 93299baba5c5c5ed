import { isLoopback } from '../../http/check-caller.ts'
import { fail, type Check, notApplicable, type Outcome, pass } from '../item.ts'
import { worstOf } from '../judge.ts'

export const https: Check = {
  id: 'https',
  run: ({ target, config }) => {
    const outcomes: Outcome[] = []
    if (config !== undefined) {
      const { host } = config.listen
      if (config.listen.tls !== undefined) outcomes.push(pass('The gateway speaks TLS itself (gateway.listen.tls).'))
      else if (isLoopback(host))
        outcomes.push(
          pass('The gateway listens on loopback only: what reaches it from elsewhere comes through a proxy.'),
        )
      else
        outcomes.push(
          fail(
            'The gateway listens beyond this machine and speaks plain HTTP: keys and texts cross the network readably.',
          ),
        )
    }
    // The gateway started for probing listens on loopback whatever the configuration says.
    if (target !== undefined && target.seen === undefined) {
      const url = new URL(target.origin)
      if (url.protocol === 'https:') outcomes.push(pass('The API answers over https://.'))
      else if (isLoopback(url.hostname))
        outcomes.push(pass('The API was reached over loopback, which no network sees.'))
      else outcomes.push(fail('The API answers over plain http:// beyond this machine.'))
    }
    return outcomes.length === 0 ? notApplicable('Neither an API nor a configuration was given.') : worstOf(outcomes)
  },
}
