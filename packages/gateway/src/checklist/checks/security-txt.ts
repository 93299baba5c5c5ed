import { fail, type Check, pass, warn } from '../item.ts'
import { withTarget } from '../judge.ts'

/** RFC 9116: at least one Contact and exactly one Expires that is not over. */
export const securityTxt: Check = {
  id: 'security-txt',
  run: (context) =>
    withTarget(context, async (_, probes) => {
      const answer = await probes.ask('/.well-known/security.txt', { key: null })
      if (answer.status !== 200) return warn('There is no /.well-known/security.txt.')
      const contact = /^Contact: (?:https:|mailto:|tel:)\S+/im.test(answer.text)
      const expires = [...answer.text.matchAll(/^Expires: (\S+)/gim)].map((match) => Date.parse(match[1] ?? ''))
      if (!contact || expires.length !== 1 || Number.isNaN(expires[0]))
        return fail('/.well-known/security.txt has no contact, or not exactly one date of expiry.')
      return (expires[0] ?? 0) > context.now
        ? pass('/.well-known/security.txt names a contact and is in date.')
        : fail('/.well-known/security.txt has expired.')
    }),
}
