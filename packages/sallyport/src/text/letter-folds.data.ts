/**
 * Latin, Greek and Cyrillic letters which no decomposition takes apart, as the plain letters people type instead.
 * Ligatures and stroke letters follow common practice in German, French, Nordic, Polish, Turkish and Vietnamese.
 */
export const LETTER_FOLDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ı: 'i',
    ȷ: 'j',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ħ: 'h',
    ŧ: 't',
    ƀ: 'b',
    ƃ: 'b',
    ȼ: 'c',
    ɇ: 'e',
    ǥ: 'g',
    ɨ: 'i',
    ɉ: 'j',
    ƚ: 'l',
    ɍ: 'r',
    ⱦ: 't',
    ʉ: 'u',
    ɏ: 'y',
    ƶ: 'z',
    ⱥ: 'a',
    ꝁ: 'k',
    ꝑ: 'p',
    ĸ: 'k',
    ŉ: "'n",
    ς: 'σ',
    ё: 'е',
  }),
)

/** Typographic quotes, dashes and slashes as their ASCII forms. */
export const PUNCTUATION_FOLDS: ReadonlyMap<string, string> = new Map([
  ...characters('‘’‚‛‹›´ʹʼʻʽˈ′‵＇❛❜❮❯', "'"),
  ...characters('“”„‟«»″‶ʺ〝〞〟＂❝❞', '"'),
  ...characters('‐‑‒–—―−⁃﹘﹣－⸺⸻➖', '-'),
  ...characters('⁄∕⧸', '/'),
  ...characters('∖⧵', '\\'),
  ...characters('∗⁎', '*'),
  ...characters('∣❘', '|'),
  ...characters('‗', '_'),
  ...characters('〈⟨❬', '<'),
  ...characters('〉⟩❭', '>'),
  ...characters('【〖', '['),
  ...characters('】〗', ']'),
  ...characters('。', '.'),
  ...characters('、', ','),
  ...boxedLetters(0x1f150),
  ...boxedLetters(0x1f170),
])

function characters(sources: string, target: string): [string, string][] {
  return [...sources].map((source) => [source, target])
}

/** Negative circled and negative squared capitals have no compatibility mapping, unlike their white twins. */
function boxedLetters(first: number): [string, string][] {
  return [...'abcdefghijklmnopqrstuvwxyz'].map((letter, at) => [String.fromCodePoint(first + at), letter])
}
