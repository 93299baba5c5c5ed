import { KEY_FORMATS } from './key-formats.data.ts'
import type { Secret } from './secret.ts'

export type KeyCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Providers whose key formats are known. */
export const KEY_PROVIDERS: readonly string[] = KEY_FORMATS.map(({ provider }) => provider)

/**
 * Whether a key can be a key of this provider: catches placeholders, quotes and line breaks that came along, cut-off keys
 * and keys of somebody else. An unknown provider's key is only checked for what no key has. The reason never holds any
 * part of the key.
 */
export function checkKeyFormat(provider: string, secret: Secret): KeyCheck {
  const key = secret.reveal()
  if (key === '') return bad('The key is empty.')
  if (/^["'`]|["'`]$/.test(key)) return bad('The key stands in quotes; leave them out.')
  if (!/^[\x21-\x7e]+$/.test(key)) return bad('The key holds spaces, line breaks or characters no key has.')
  if (
    /^<.*>$|^\$\{?\w*\}?$|your[-_ ]?(?:api)?[-_ ]?key|change[-_]?me|placeholder|^(?:x{6,}|\*{3,}|\.{3,})$|x{8,}|\.{3,}|\*{3,}/i.test(
      key,
    )
  ) {
    return bad('The key is a placeholder.')
  }
  const format = KEY_FORMATS.find((each) => each.provider === provider)
  if (format === undefined || format.pattern.test(key)) return { ok: true }
  const owner = KEY_FORMATS.find((each) => each.distinct && each.pattern.test(key))
  if (owner !== undefined) return bad(`This looks like a key of ${owner.provider}, not of ${provider}.`)
  return bad(`A key of ${provider} looks like ${format.looks}.`)
}

function bad(reason: string): KeyCheck {
  return { ok: false, reason }
}
