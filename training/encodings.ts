const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const letters = /[a-z]/gi

/** Ways of hiding a text that the views undo; both labels get them alike, so that encoding alone says nothing. */
export const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(utf8(text)).toString('base64'),
  hex: (text) => Buffer.from(utf8(text)).toString('hex'),
  percent: (text) => Array.from(utf8(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  entities: (text) => Array.from(text, (character) => `&#${character.codePointAt(0)};`).join(''),
  escapes: (text) =>
    Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  rot13: (text) =>
    text.replace(letters, (letter) => {
      const base = letter <= 'Z' ? 65 : 97
      return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
    }),
  reversed: (text) => [...text].reverse().join(''),
  leet: (text) =>
    text.replace(
      /[aeiost]/gi,
      (letter) => ({ a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' })[letter.toLowerCase()] ?? letter,
    ),
  spaced: (text) =>
    text
      .split(' ')
      .map((word) => [...word].join(' '))
      .join('   '),
  zeroWidth: (text) => [...text].join('\u200b'),
  fullWidth: (text) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  lookalikes: (text) =>
    text.replace(/[aeopc]/g, (letter) => ({ a: 'а', e: 'е', o: 'о', p: 'р', c: 'с' })[letter] ?? letter),
  upperCase: (text) => text.toUpperCase(),
}

/** These only make sense for Latin letters. */
export const LATIN_ONLY: ReadonlySet<string> = new Set([
  'rot13',
  'leet',
  'spaced',
  'fullWidth',
  'lookalikes',
  'upperCase',
  'reversed',
])
