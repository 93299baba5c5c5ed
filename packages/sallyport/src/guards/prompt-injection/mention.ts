import type { RuleMatch } from '../../guard/rule.ts'
import { ABOUT, CAUSED, MEANING_AFTER, MEANING_BEFORE, REPORTED, SOMEBODY_ELSE, TOLD } from './mention-words.ts'

/** Quotation marks of the folded view, which knows one form of single and double ones: what opens, what closes. */
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['*', '*'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
]

/** Letters of scripts with blanks between words: a mark after one closes, or is an apostrophe. */
const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Devanagari}\p{N}]/u

/** Below every threshold alone, still counted when more is found. */
const MENTIONED = 0.3
const ORDINARY_AT_MOST = 0.4
const INFINITIVE_AT_MOST = 0.58

/** What else a rule knows of its phrase. */
export interface Wording {
  /** Forms of the verb that describe more often than they order. */
  readonly infinitive?: RegExp | undefined
  /** Tested on what stands before, the match and what follows, joined by NUL: where the phrase is an everyday one. */
  readonly ordinary?: RegExp | undefined
  /** Whether its verb may have another subject than the model, or tell instead of order. */
  readonly tellable?: boolean | undefined
}

/**
 * Lowers the confidence of a phrase that is talked about instead of used: in quotes next to words about attacks, asked
 * for its meaning, or told of somebody else. For a mention in quotes both signs are asked for: quotes alone, or the word
 * "attack" alone, would be a cheap way round.
 */
export function mentionedConfidence(confidence: number, wording: Wording = {}): (match: RuleMatch) => number {
  return (match) => {
    if (isMention(match)) return Math.min(confidence, MENTIONED)
    if (REPORTED.test(match.before) || CAUSED.test(match.before) || (wording.tellable === true && isTold(match))) {
      return Math.min(confidence, MENTIONED)
    }
    if (wording.ordinary?.test(`${match.before}\0${match.text}\0${match.after}`) === true) {
      return Math.min(confidence, ORDINARY_AT_MOST)
    }
    return wording.infinitive?.test(match.text) === true ? Math.min(confidence, INFINITIVE_AT_MOST) : confidence
  }
}

/** Characters after a match that {@link mentionedConfidence} reads. */
export const MENTION_REACH = 64

function isMention({ before, after }: RuleMatch): boolean {
  if (MEANING_BEFORE.test(before) || MEANING_AFTER.test(after)) return true
  return QUOTES.some(([opening, closing]) => {
    const opens = openedAt(before, opening)
    const closes = after.indexOf(closing)
    if (opens < 0 || closes < 0) return false
    if (before.includes('\n', opens) || after.slice(0, closes).includes('\n')) return false
    return ABOUT.test(before.slice(0, opens)) || ABOUT.test(after.slice(closes + 1))
  })
}

/** Where a quotation opens that is still open at the end: at a word's start, or on its own as in French. */
function openedAt(before: string, opening: string): number {
  const at = before.lastIndexOf(opening)
  if (at < 0 || opening === '「' || opening === '『' || opening === '《') return at
  const apart = /\s/.test(before.charAt(at + 1)) && !(opening === '"' && /^\s?$/.test(before.charAt(at - 1)))
  return apart || WORD.test(before.charAt(at - 1)) ? -1 : at
}

function isTold({ before, text, after }: RuleMatch): boolean {
  return SOMEBODY_ELSE.test(before) || TOLD.test(`${text.slice(-8)}\0${after}`)
}
