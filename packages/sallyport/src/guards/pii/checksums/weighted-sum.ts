import { digitAt } from './digits.ts'

/** Sum of digit times weight, position by position, from the left: the core of most national check digits. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += digitAt(digits, index) * (weights[index] ?? 0)
  return sum
}

/** The same with the digits of each product added: 14 counts as 5 (German health insurance, pension numbers). */
export function weightedDigitSum(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) {
    const product = digitAt(digits, index) * (weights[index] ?? 0)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum
}
