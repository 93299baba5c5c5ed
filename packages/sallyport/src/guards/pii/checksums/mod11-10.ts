import { digitAt } from './digits.ts'

/** ISO/IEC 7064 MOD 11,10: German tax and VAT numbers, Croatian OIB. The last digit is the check digit. */
export function mod11And10(digits: string): boolean {
  let product = 10
  for (let index = 0; index < digits.length - 1; index++) {
    const sum = (digitAt(digits, index) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1)
}
