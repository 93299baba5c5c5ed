import type { Severity } from '../../guard/finding.ts'

/** Every code of the guard with its severity and the sentence people read. */
export const HIDDEN_CODES = {
  'hidden-text': {
    severity: 'high',
    message: 'Invisible characters spell a text that a person cannot see and a model can read.',
  },
  'tag-characters': { severity: 'high', message: 'Characters of the Tag block outside an emoji flag.' },
  'zero-width': { severity: 'medium', message: 'Zero-width or filler characters where no script needs them.' },
  'bidi-control': {
    severity: 'high',
    message: 'Direction controls that make text read in another order than it is stored.',
  },
  'variation-selectors': {
    severity: 'medium',
    message: 'Variation selectors after a character that has no such variant.',
  },
  'control-character': { severity: 'medium', message: 'Control characters other than tab and line ends.' },
  'terminal-escape': { severity: 'medium', message: 'An escape sequence that a terminal would carry out.' },
  'confusable-mixed-script': {
    severity: 'low',
    message: 'A word that mixes Latin letters with look-alikes of another alphabet.',
  },
  'mixed-script-run': {
    severity: 'low',
    message: 'A word of letters from three scripts or more, as text encodings produce.',
  },
  'combining-flood': { severity: 'medium', message: 'More combining marks on one letter than any language writes.' },
  'private-use': { severity: 'low', message: 'Private-use characters, whose meaning depends on a font.' },
  'unpaired-surrogate': { severity: 'medium', message: 'Half of a surrogate pair: not valid Unicode text.' },
  noncharacter: { severity: 'medium', message: 'Code points that never stand for a character.' },
  'soft-hyphen': {
    severity: 'info',
    message: 'Soft hyphens inside words: honest typography, sometimes used to split keywords.',
  },
  'excess-whitespace': { severity: 'low', message: 'Whitespace that pushes text out of sight.' },
} as const satisfies Record<string, { readonly severity: Severity; readonly message: string }>

export type HiddenCode = keyof typeof HIDDEN_CODES

export const HIDDEN_CODE_NAMES = Object.keys(HIDDEN_CODES) as HiddenCode[]
