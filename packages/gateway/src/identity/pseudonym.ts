import { createHmac } from 'node:crypto'

/** Keyed digests that recognise a text without telling it. */
export function fingerprintWith(installationKey: Uint8Array): (text: string) => string {
  return (text) =>
    createHmac('sha256', installationKey)
      .update('sallyport fingerprint\0')
      .update(text)
      .digest('base64url')
      .slice(0, 22)
}

/** What events and stores call a person: the owner of the key and the name it gave, digested. See `personOf`. */
export function pseudonymOf(installationKey: Uint8Array, person: string): string {
  return `user_${fingerprintWith(installationKey)(person)}`
}

/** A person as a key names them. Person 42 of one service is not person 42 of another. */
export function personOf(owner: string, name: string): string {
  return `${owner}\0${name}`
}
