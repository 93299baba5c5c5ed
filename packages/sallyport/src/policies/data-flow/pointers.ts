import { canonicalText } from '../canonical-value.ts'

/** What leads a reader somewhere, one way of writing it each; bounded, read on text in which every dot is a full stop. */
const POINTERS = [
  // URLs, also of schemes that need no slashes.
  /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`)\]}]{1,2000}/u,
  /(?<![\p{L}\p{N}])(?:javascript|data|mailto|tel|sms|file|blob|vbscript):[^\s<>"'`)\]}]{1,2000}/u,
  // E-mail addresses.
  /[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,253}/u,
  // Host names, IPv4 and IPv6 addresses, with what follows them.
  /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])(?:[/:?#][^\s<>"'`)\]}]{0,2000})?/u,
  /(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)(?:[/:?#][^\s<>"'`)\]}]{0,2000})?/u,
  /\[[0-9a-f:]{2,45}\](?:[/:?#][^\s<>"'`)\]}]{0,2000})?/u,
  // Bank accounts: IBANs and bare numbers; telephone numbers in international form.
  /(?<![\p{L}\p{N}])[a-z]{2}\d{2} ?(?:[a-z0-9]{4} ?){2,7}[a-z0-9]{0,4}(?![\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}])\d{9,34}(?![\p{L}\p{N}])/u,
  /(?<![\p{L}\p{N}])(?:\+|00)\d{1,3}[ \d()./-]{6,20}\d(?![\p{L}\p{N}])/u,
  // Wallets.
  /(?<![\p{L}\p{N}])(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,87}|[13][1-9a-z]{25,34})(?![\p{L}\p{N}])/u,
]
const ANY = new RegExp(POINTERS.map(({ source }) => source).join('|'), 'giu')
/** The full stops that browsers take for the one between labels of a host (UTS #46); NFKC leaves the first as it is. */
const DOTS = /[\u3002\uff61]/g

/** URLs, host and IP addresses, e-mail addresses, telephone, account and wallet numbers in a text. */
export function pointersIn(text: string): string[] {
  const plain = canonicalText(text).replace(DOTS, '.')
  return Array.from(plain.matchAll(ANY), ([pointer]) => pointer.trim().replace(/[.,;:!?]+$/, ''))
}
