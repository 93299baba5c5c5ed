import { canonicalText } from '../canonical-value.ts'

const POINTERS =
  /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`)\]}]{1,2000}|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,253}|(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])(?:[/:?#][^\s<>"'`)\]}]{0,2000})?|(?<![\p{L}\p{N}])[a-z]{2}\d{2} ?(?:[a-z0-9]{4} ?){2,7}[a-z0-9]{0,4}(?![\p{L}\p{N}])/giu

/** URLs, host names, e-mail addresses and account numbers in a text: what leads its reader somewhere. */
export function pointersIn(text: string): string[] {
  return Array.from(canonicalText(text).matchAll(POINTERS), ([pointer]) => pointer.trim().replace(/[.,;:!?]+$/, ''))
}
