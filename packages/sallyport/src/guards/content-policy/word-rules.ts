import type { Rule } from '../../guard/rule.ts'
import { fold, leet, skeleton } from '../../text/fold.ts'
import type { ContentPolicyOptions } from './options.ts'

/** Scripts written without spaces between words: a word there has no edge to hold to. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
/** Hangul has spaces, but particles stick to the end of a word. */
const OPEN_ENDED = /[\p{Script=Hangul}]/u
const LETTER = /[\p{L}\p{M}\p{N}_]/u

/** One rule for each list of forbidden words. */
export function wordRules(words: ContentPolicyOptions['words']): readonly Rule[] {
  if (Array.isArray(words)) return words.length === 0 ? [] : [listRule('word', words, undefined)]
  return Object.entries(words).map(([name, list]) => listRule(`word-${name}`, list.words, list.message))
}

function listRule(code: string, words: readonly string[], message: string | undefined): Rule {
  // The views read text differently, so each word stands in the pattern the way every view would show it.
  const forms = new Set(words.flatMap((word) => [fold(word), skeleton(word), leet(word)].map((form) => form.trim())))
  forms.delete('')
  // The longest first: an alternation takes the first that fits.
  const sorted = [...forms].sort((a, b) => b.length - a.length)
  return {
    code,
    pattern: new RegExp(sorted.map(wholeWord).join('|'), 'u'),
    views: ['folded', 'skeleton', 'leet'],
    literals: [...new Set(sorted.map(longestPart))],
    severity: 'medium',
    confidence: 1,
    message: message ?? 'Contains a word that the operator forbids.',
  }
}

function wholeWord(form: string): string {
  const characters = [...form]
  const first = characters[0] ?? ''
  const last = characters.at(-1) ?? ''
  const before = LETTER.test(first) && !UNSPACED.test(first) ? '(?<![\\p{L}\\p{M}\\p{N}_])' : ''
  const after = LETTER.test(last) && !UNSPACED.test(last) && !OPEN_ENDED.test(last) ? '(?![\\p{L}\\p{M}\\p{N}_])' : ''
  const source = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '[ \\n]{1,2}')
  return `${before}${source}${after}`
}

/** What the prefilter looks for: the longest part of a phrase that no line end can split. */
function longestPart(form: string): string {
  return form.split(/\s+/).reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}
