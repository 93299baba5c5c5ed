const BLANK = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/**
 * True for a UTF-16 unit that shows nothing: whitespace, controls, zero-width and filler characters. Halves of
 * surrogate pairs count as visible except those of the Tag block and the supplementary variation selectors.
 */
export function isBlankUnit(unit: number): boolean {
  if (unit < 0x80) return unit <= 0x20 || unit === 0x7f
  if (unit >= 0xd800 && unit <= 0xdfff) return unit >= 0xdc00 || (unit >= 0xdb40 && unit <= 0xdb43)
  return BLANK.test(String.fromCharCode(unit))
}
