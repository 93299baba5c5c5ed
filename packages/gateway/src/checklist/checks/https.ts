import { isLoopback } from '../../http/check-caller.ts'
import { fail, type Check, notApplicable, type Outcome, pass, warn } from '../item.ts'
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
      if (url.protocol === 'https:' && target.distrusted !== undefined)
        outcomes.push(
          warn(
            `The API speaks TLS, but a client that checks certificates does not reach it (${target.distrusted}).`,
            'Give it a certificate that its clients trust; for one of your own authority set NODE_EXTRA_CA_CERTS here.',
          ),
        )
      else if (url.protocol === 'https:') outcomes.push(pass('The API answers over https://.'))
      else if (isLoopback(url.hostname))
        outcomes.push(pass('The API was reached over loopback, which no network sees.'))
      else outcomes.push(fail('The API answers over plain http:// beyond this machine.'))
    }
    return outcomes.length === 0 ? notApplicable('Neither an API nor a configuration was given.') : worstOf(outcomes)
  },
}
