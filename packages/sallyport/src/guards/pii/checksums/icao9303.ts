/** Check digit of machine-readable travel documents: weights 7, 3, 1, A = 10 (ICAO Doc 9303, part 3). The last character checks the rest. */
export function icao9303(text: string): boolean {
  const upper = text.toUpperCase()
  let sum = 0
  for (let index = 0; index < upper.length - 1; index++) {
    const value = parseInt(upper[index] ?? '', 36)
    if (Number.isNaN(value)) return false
    sum += value * ([7, 3, 1][index % 3] ?? 0)
  }
  return String(sum % 10) === upper.at(-1)
}
