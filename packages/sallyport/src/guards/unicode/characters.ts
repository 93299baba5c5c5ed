/*
 * Character classes as regular-expression source, composed by the scan. Escapes are spelt out because the characters
 * themselves cannot be seen. Names and numbers are facts of the Unicode Character Database.
 */

/** Characters that render as nothing or as an empty box of no meaning, bidi marks and variation selectors included. */
export const INVISIBLE =
  '\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B-\\u200F\\u2060-\\u2065\\u206A-\\u206F\\u3164' +
  '\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}'

/** Embeddings, overrides and isolates with their terminators (UAX #9). */
export const BIDI_CONTROL = '\\u202A-\\u202E\\u2066-\\u2069'

/** C0 and C1 without tab, line feed and carriage return. */
export const CONTROL = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F'

/** Code points that never stand for a character. */
export const NONCHARACTER =
  '\\uFDD0-\\uFDEF' +
  Array.from(
    { length: 17 },
    (_, plane) => `\\u{${(plane * 0x10000 + 0xfffe).toString(16)}}\\u{${(plane * 0x10000 + 0xffff).toString(16)}}`,
  ).join('')

/** One combining mark that is not itself one of the invisible ones above. */
export const MARK = `(?:(?![${INVISIBLE}])\\p{M})`

const test = (source: string): ((codePoint: number) => boolean) => {
  const pattern = new RegExp(`^[${source}]$`, 'u')
  return (codePoint) => codePoint >= 0 && pattern.test(String.fromCodePoint(codePoint))
}

export const isInvisible = test(INVISIBLE)
/** What the guard may take out, so that nothing may lean on it. */
export const isRemovable = test(`${INVISIBLE}${BIDI_CONTROL}${CONTROL}${NONCHARACTER}\\p{Cs}`)
export const isMark = test('\\p{M}')
export const isLetter = test('\\p{L}')
export const isPictograph = test('\\p{Extended_Pictographic}\\p{Emoji_Modifier}')
export const isEmoji = test('\\p{Emoji}\\p{Extended_Pictographic}')
export const isHan = test('\\p{Script=Han}')
export const isHangulJamo = test('\\u1100-\\u11FF\\u3131-\\u318E\\uA960-\\uA97C\\uD7B0-\\uD7FB\\uFFA1-\\uFFDC')
export const isKhmer = test('\\p{Script=Khmer}')
export const isMongolian = test('\\p{scx=Mongolian}\\p{Script=Phags_Pa}')
export const isMusical = test('\\u{1D100}-\\u{1D1FF}')
export const isShorthand = test('\\u{1BC00}-\\u{1BC9F}')

/** Scripts whose spelling needs ZWNJ or ZWJ: cursive ones (Persian plurals) and those with conjuncts (Indic half forms). */
export const usesJoiners = test(
  [
    'Arabic',
    'Syriac',
    'Nko',
    'Mandaic',
    'Mongolian',
    'Adlam',
    'Hanifi_Rohingya',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Oriya',
    'Tamil',
    'Telugu',
    'Kannada',
    'Malayalam',
    'Sinhala',
    'Khmer',
    'Myanmar',
    'Tibetan',
    'Balinese',
    'Javanese',
    'Grantha',
    'Newa',
    'Tirhuta',
    'Chakma',
  ]
    .map((script) => `\\p{scx=${script}}`)
    .join(''),
)

/** Scripts written without spaces, where ZWSP marks a place to break the line. */
export const usesZeroWidthSpace = test(
  [
    'Thai',
    'Lao',
    'Khmer',
    'Myanmar',
    'Tibetan',
    'Tai_Le',
    'New_Tai_Lue',
    'Tai_Tham',
    'Tai_Viet',
    'Javanese',
    'Balinese',
  ]
    .map((script) => `\\p{Script=${script}}`)
    .join(''),
)

/** Bases of the standardized variation sequences with VS1 to VS3: mathematics, CJK, Myanmar, `0` with a slash … */
export const takesStandardVariation = test(
  '0\\uFF10\\p{Sm}\\p{Script=Han}\\p{Script=Myanmar}\\p{Script=Phags_Pa}\\p{Script=Manichaean}\\p{Script=Egyptian_Hieroglyphs}\\u2000-\\u2BFF\\u3000-\\u303F\\uFF00-\\uFF65\\u2018-\\u201D',
)
export const isHieroglyph = test('\\p{Script=Egyptian_Hieroglyphs}')
export const isSymbol = test('\\p{S}\\p{Emoji}\\u203C\\u2049\\u2139\\u3030\\u303D')

/** A letter or mark of a right-to-left script anywhere in the text. */
export const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDCF\uFDF0-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u
