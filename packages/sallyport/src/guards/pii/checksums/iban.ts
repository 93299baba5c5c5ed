import { IBAN_FORMATS } from './iban-formats.data.ts'
import { mod97 } from './mod97.ts'

/**
 * IBAN check (ISO 13616): the country's exact structure and remainder 1 mod 97 with the first four characters moved to
 * the end. Blanks, dots and dashes are ignored, case too.
 */
export function iban(text: string): boolean {
  const plain = text.replace(/[ .-]/g, '').toLowerCase()
  const format = Object.hasOwn(IBAN_FORMATS, plain.slice(0, 2)) ? IBAN_FORMATS[plain.slice(0, 2)] : undefined
  if (format === undefined || !new RegExp(`^[a-z]{2}\\d{2}${units(format)}$`).test(plain)) return false
  return mod97(plain.slice(4) + plain.slice(0, 4)) === 1
}

/**
 * Source of a pattern for all countries with their exact lengths, so that a match ends where the account number ends
 * and not where the sentence does. For the folded view; {@link iban} checks the rest.
 */
export function ibanPattern(separator: string): string {
  const byLength = new Map<number, string[]>()
  for (const [country, format] of Object.entries(IBAN_FORMATS)) {
    const length = [...format.matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0)
    byLength.set(length, [...(byLength.get(length) ?? []), country])
  }
  return [...byLength]
    .map(
      ([length, countries]) =>
        `(?:${countries.join('|')})${separator}\\d${separator}\\d(?:${separator}[0-9a-z]){${length}}`,
    )
    .join('|')
}

const CLASSES: Readonly<Record<string, string>> = { n: '\\d', a: '[a-z]', c: '[0-9a-z]' }

function units(format: string): string {
  return format.replace(/(\d+)([nac])/g, (_, count: string, kind: string) => `${CLASSES[kind] ?? ''}{${count}}`)
}
