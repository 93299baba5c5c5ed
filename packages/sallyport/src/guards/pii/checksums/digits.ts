/** The ASCII digits of a text, in order: what is left of a number without its separators. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '')
}

/** The ASCII letters and digits of a text, upper case, the form in which most identifiers define their check characters. */
export function compact(text: string): string {
  return text.replace(/[^0-9a-z]/gi, '').toUpperCase()
}

/** Value of the digit at an index; 0 beyond the end, so that sums over fixed positions stay numbers. */
export function digitAt(digits: string, index: number): number {
  const code = digits.charCodeAt(index)
  return code >= 48 && code <= 57 ? code - 48 : 0
}

/** True when all characters are the same: placeholders such as 111-11-1111 pass many checksums. */
export function isRepeated(text: string): boolean {
  for (let index = 1; index < text.length; index++) if (text[index] !== text[0]) return false
  return true
}
