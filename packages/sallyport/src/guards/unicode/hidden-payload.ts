/**
 * True when a run of invisible characters spells text in one of the known encodings: Tag letters, bytes as variation
 * selectors, or bits as two zero-width characters (ZWSP and ZWNJ, invisible plus and times, LRM and RLM …).
 */
export function spellsText(run: string): boolean {
  const codePoints = Array.from(run, (character) => character.codePointAt(0) ?? 0)
  return spellsTags(codePoints) || spellsBytes(codePoints) || spellsBits(codePoints)
}

function spellsTags(codePoints: readonly number[]): boolean {
  const letters = codePoints.filter((codePoint) => codePoint >= 0xe0020 && codePoint <= 0xe007e)
  return letters.length >= 3 && isReadable(String.fromCharCode(...letters.map((codePoint) => codePoint - 0xe0000)))
}

function spellsBytes(codePoints: readonly number[]): boolean {
  const selectors = codePoints.map(selectorNumber).filter((number) => number !== undefined)
  if (selectors.length < 3 || selectors.length < codePoints.length * 0.9) return false
  const asBytes = isReadable(decodeUtf8(selectors))
  return asBytes || isReadable(decodeUtf8(selectors.map((number) => Math.max(0, number - 16))))
}

/** VS1 is 0, VS256 is 255. */
function selectorNumber(codePoint: number): number | undefined {
  if (codePoint >= 0xfe00 && codePoint <= 0xfe0f) return codePoint - 0xfe00
  if (codePoint >= 0xe0100 && codePoint <= 0xe01ef) return codePoint - 0xe0100 + 16
  return undefined
}

function spellsBits(codePoints: readonly number[]): boolean {
  const counts = new Map<number, number>()
  for (const codePoint of codePoints) counts.set(codePoint, (counts.get(codePoint) ?? 0) + 1)
  // The two most frequent characters are the bits; a third separates letters or marks the ends.
  const [first, second] = Array.from(counts.entries()).sort((a, b) => b[1] - a[1])
  if (first === undefined || second === undefined || first[1] + second[1] < 16) return false
  const bits = codePoints.filter((codePoint) => codePoint === first[0] || codePoint === second[0])
  return [first[0], second[0]].some((one) => [8, 7, 16].some((width) => isReadable(decodeBits(bits, one, width))))
}

function decodeBits(bits: readonly number[], one: number, width: number): string {
  const values: number[] = []
  for (let index = 0; index + width <= bits.length; index += width) {
    let value = 0
    for (const bit of bits.slice(index, index + width)) value = value * 2 + (bit === one ? 1 : 0)
    values.push(value)
  }
  return width === 8 ? decodeUtf8(values) : String.fromCharCode(...values)
}

function decodeUtf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

function isReadable(text: string): boolean {
  const characters = Array.from(text)
  if (characters.length < 2) return false
  const readable = characters.filter(
    (character) => /^[\t\n\r\p{L}\p{N}\p{P}\p{S}\p{M} ]$/u.test(character) && character !== '\uFFFD',
  )
  return readable.length >= characters.length * 0.9
}
