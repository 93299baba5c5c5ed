import { ENCODINGS } from './encodings.ts'

const words = (turn: (word: string) => string) => (text: string) => text.split(' ').map(turn).join(' ')
const reversed = (text: string): string => [...text].reverse().join('')
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Ways of hiding a text that a model can undo, some of which the views cannot. */
export const PUZZLES: readonly ((text: string) => string)[] = [
  reversed,
  words(reversed),
  (text) => text.split(' ').reverse().join(' '),
  (text) => text.replace(/[a-z]/g, (letter) => LETTERS[(LETTERS.indexOf(letter) + 1) % 26] ?? letter),
  (text) => text.replace(/[aeiou]/g, '_'),
  (text) => text.replace(/[a-z]/g, (letter) => `${LETTERS.indexOf(letter) + 1} `),
  (text) => [...text].join('#'),
  words((word) => (word.length > 3 ? `${word.slice(1)}${word.charAt(0)}ay` : word)),
  ENCODINGS['base64'] ?? reversed,
  ENCODINGS['rot13'] ?? reversed,
  ENCODINGS['leet'] ?? reversed,
  ENCODINGS['hex'] ?? reversed,
]
