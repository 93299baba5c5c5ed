import { digitAt } from './digits.ts'

/** Luhn, also called mod 10 (ISO/IEC 7812-1, annex B). Expects digits only. */
export function luhn(digits: string): boolean {
  return digits.length > 1 && luhnSum(digits) % 10 === 0
}

/** Sum with every second digit from the right doubled; a prefix constant can be added to it (NPI: 24 for 80840). */
export function luhnSum(digits: string): number {
  let sum = 0
  for (let index = digits.length - 1, double = false; index >= 0; index--, double = !double) {
    const digit = digitAt(digits, index)
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum
}
