import { any, SEP, WIDE_SEP } from '../fragments.ts'
import { type Family, latinRules, type Phrase, scriptRules } from '../phrase-rule.ts'
import type { Rule } from '../../../guard/rule.ts'

/** Words of a language for one place of a phrase. `~` stands for an ending. */
export type Stems = readonly string[]

/** A place of a phrase: stems, a number of words that may stand there, or a pattern that brings its own separators. */
export type Place = Stems | number | string

export interface Grammar {
  readonly language: string
  readonly script: 'latin' | 'cyrillic' | 'arabic'
}

const ENDING = { latin: '\\w{0,6}', cyrillic: '\\p{L}{0,6}', arabic: '\\p{L}{0,4}' }
/** Article, conjunction and prepositions are written together with the word. */
const PROCLITIC = '(?:[وف]?(?:بال|وال|لل|ال|[ولبف]))?'

/** One phrase as a row of places; its literals are the words of the shortest list that has no short word. */
export function phraseOf(grammar: Grammar, ...places: readonly Place[]): Pick<Phrase, 'pattern' | 'literals'> {
  const separator = grammar.script === 'latin' ? SEP : WIDE_SEP
  const word = grammar.script === 'latin' ? '\\w{1,14}' : '[\\p{L}\\p{M}\\p{N}]{1,14}'
  let pattern = ''
  let gap = 0
  let begun = false
  for (const place of places) {
    if (typeof place === 'number') {
      gap += place
      continue
    }
    if (typeof place === 'string') {
      pattern += place
      begun = false
      continue
    }
    if (begun) pattern += gap === 0 ? separator : `(?:${separator}${word}){0,${gap}}${separator}`
    pattern += oneOfStems(grammar, place)
    gap = 0
    begun = true
  }
  const lists = places.filter((place): place is Stems => typeof place === 'object')
  return { pattern, literals: literalsOf(lists) }
}

function oneOfStems({ script }: Grammar, stems: Stems): string {
  const sources = stems.map((stem) => stem.split('~').map(escaped).join(ENDING[script]))
  return `${script === 'arabic' ? PROCLITIC : ''}${any(...sources)}${script === 'latin' ? '' : '(?![\\p{L}\\p{N}])'}`
}

function escaped(stem: string): string {
  return stem.replaceAll('.', '\\.')
}

/** The list whose shortest word is longest: the rarest in a text. */
function literalsOf(lists: readonly Stems[]): readonly string[] {
  const shortest = (stems: Stems): number => Math.min(...stems.map((stem) => longestPart(stem).length))
  const [best = []] = [...lists].sort((a, b) => shortest(b) - shortest(a))
  return best.map(longestPart)
}

function longestPart(stem: string): string {
  return stem.split('~').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

/** Several phrases as one rule. */
export function anyPhrase(
  ...phrases: readonly Pick<Phrase, 'pattern' | 'literals'>[]
): Pick<Phrase, 'pattern' | 'literals'> {
  return {
    pattern: any(...phrases.map(({ pattern }) => pattern)),
    literals: [...new Set(phrases.flatMap(({ literals }) => literals))],
  }
}

/** The rules of one family in the script of the language. */
export function rulesIn(grammar: Grammar, family: Family, phrases: readonly Phrase[]): readonly Rule[] {
  const make = grammar.script === 'latin' ? latinRules : scriptRules
  return make(family, phrases, grammar.language)
}
