import type { Random } from './random.ts'

const NAMES =
  'Anna Ben Chidi Dao Elif Fatima Goran Hana Ivan Jorge Kofi Leila Mateo Nils Olga Priya Quentin Rosa Sven Tariq Uma Viktor Wei Ximena Yuki Zofia Ahmed Bruno Camille Deepak Emeka Freya Gustavo Henrik Ines Jalil Katarzyna Lars Mei Nadia Oksana Pavel Rahul Siobhan Thanh Umberto Vanja Wanjiru Yusuf Zeynep'.split(
    ' ',
  )
const SURNAMES =
  'Abe Bauer Costa Diaz Eriksen Fischer Gupta Haddad Ito Jansen Kaya Lopez Moreau Nakamura Okafor Petrov Quispe Rossi Sato Tanaka Usman Varga Wang Xu Yilmaz Zhou Andersson Bianchi Chopra Dubois Eze Farkas Garcia Hoang Ivanova Jensen Kim Lindqvist Mensah Novak'.split(
    ' ',
  )
const WORDS =
  'add fix remove update bump merge drop rename move test docs build lint cache parser socket buffer header module handler option config script version release branch patch driver theme layout button index table queue worker metric report client server user admin system token key mode prompt tool'.split(
    ' ',
  )

/** What documents hold besides prose: lists of names, changes, addresses, numbers and words without a sentence. */
const FORMS: readonly ((random: Random) => string)[] = [
  (random) => `${random.pick(NAMES)} ${random.pick(SURNAMES)}`,
  (random) => `${random.pick(NAMES)} ${random.pick(SURNAMES)} <${word(random, 5)}@${word(random, 7)}.example>`,
  (random) => `${hex(random, 7)} ${random.pick(WORDS)} ${random.pick(WORDS)} ${random.pick(WORDS)}`,
  (random) =>
    `https://${word(random, 8)}.example/${word(random, 6)}-${number(random)}.${number(random)}-${word(random, 5)}.tar.gz`,
  (random) => `${hex(random, 40)}  ${word(random, 6)}.${word(random, 3)}`,
  (random) => `${number(random)}.${number(random)}\t${number(random)}\t${number(random)}`,
  (random) => `[${number(random)}] ${random.pick(WORDS)}=${number(random)} ${random.pick(WORDS)}=${word(random, 4)}`,
  (random) => `"${random.pick(WORDS)}-${random.pick(WORDS)}": "${random.pick(WORDS)}",`,
  (random) => `| ${random.pick(NAMES)} | ${number(random)} | ${random.pick(WORDS)} ${random.pick(WORDS)} |`,
  (random) => Array.from({ length: 12 }, () => word(random, 2 + random.below(8))).join(' '),
  (random) => `${word(random, 2)}: ${random.pick(WORDS)} ${word(random, 9)} [${word(random, 2)}] (${number(random)} %)`,
]

/** A harmless document without prose. With `words`, sentences of theirs are mixed in, their words out of order. */
export function noiseDocument(random: Random, words: string): string {
  const form = random.pick(FORMS)
  const shuffled = random.shuffled(words.split(/\s+/).slice(0, 60)).join(' ')
  const lines = Array.from({ length: 4 + random.below(40) }, () => form(random))
  if (random.next() < 0.3) lines.splice(random.below(lines.length), 0, shuffled)
  return lines.join(random.next() < 0.8 ? '\n' : ', ')
}

function word(random: Random, length: number): string {
  const pairs = 'ba ce di fo gu ha ji ko lu me no pa ri so tu ve wa xi yo za an el in or us'
  let text = ''
  while (text.length < length) text += random.pick(pairs.split(' '))
  return text.slice(0, length)
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.below(16).toString(16)).join('')
}

function number(random: Random): string {
  return String(random.below(10 ** (1 + random.below(5))))
}
