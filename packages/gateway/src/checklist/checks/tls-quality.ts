import { fail, type Check, notApplicable, pass, warn } from '../item.ts'
import { inspectTls } from '../inspect-tls.ts'

const DAY_MS = 86_400_000

export const tlsQuality: Check = {
  id: 'tls-quality',
  run: async ({ target, now }) => {
    if (target === undefined || !target.origin.startsWith('https:'))
      return notApplicable('No API was reached over TLS.')
    const found = await inspectTls(new URL(target.origin))
    if (found.old.length > 0) return fail(`Outdated versions are accepted: ${found.old.join(', ')}.`)
    if (found.weakCipher !== undefined) return fail(`A cipher that protects nobody is accepted: ${found.weakCipher}.`)
    if (!/^(?:TLS_|ECDHE-|DHE-)/.test(found.cipher))
      return fail(`${found.cipher}: whoever gets the key later can read what was recorded before (no forward secrecy).`)
    if (!found.authorized) return fail(`The certificate is not to be trusted here: ${found.reason}.`)
    const days = Math.floor((found.validTo - now) / DAY_MS)
    if (days < 0) return fail('The certificate has expired.')
    if (found.keyBits !== undefined && found.keyBits < 2_048 && found.keyType === 'rsa')
      return fail(`The certificate's key has ${found.keyBits} bits only.`)
    if (days < 14)
      return warn(
        `${found.protocol}; the certificate ends in ${days} days.`,
        'Renew it, and let that happen by itself.',
      )
    return pass(`${found.protocol}, ${found.cipher}; the certificate is trusted and valid for ${days} more days.`)
  },
}
