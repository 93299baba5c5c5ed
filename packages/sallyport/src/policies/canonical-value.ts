/**
 * How values are compared, all of it: Unicode NFKC, runs of white space as one blank, blanks at the ends dropped, letters
 * without case; a value with a slash or backslash (a path, a URL) keeps its case. Nothing else makes two values equal.
 */
export function canonicalText(text: string): string {
  const plain = PLAIN.test(text) ? text : text.normalize('NFKC')
  return (UNEVEN.test(plain) ? plain.replace(/\s+/g, ' ') : plain).trim()
}

const PLAIN = /^[\x20-\x7e\n\t]*$/
/** White space that is not one blank: most text has none, and looking is cheaper than rewriting. */
const UNEVEN = /[^\S ]| {2}/

/** The canonical text without case, unless it is a path or a URL. */
export function canonicalValue(text: string): string {
  const canonical = canonicalText(text)
  return keepsCase(canonical) ? canonical : canonical.toLowerCase()
}

export function keepsCase(text: string): boolean {
  return /[\\/]/.test(text)
}

/** The address of a text that is exactly one e-mail address, in lower case; a name or a list around it is none. */
export function mailAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^mailto:/i, '')
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(bare)
    ? bare.toLowerCase()
    : undefined
}
