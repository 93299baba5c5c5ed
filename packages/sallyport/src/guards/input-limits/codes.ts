import type { Severity } from '../../guard/finding.ts'

/** Every code of the guard with its severity and the sentence people read. */
export const LIMIT_CODES = {
  'too-many-characters': { severity: 'medium', message: 'The text has more characters than allowed.' },
  'too-many-bytes': { severity: 'medium', message: 'The text has more UTF-8 bytes than allowed.' },
  'too-many-tokens': { severity: 'medium', message: 'The text is estimated to have more tokens than allowed.' },
  'too-many-lines': { severity: 'medium', message: 'The text has more lines than allowed.' },
  'line-too-long': { severity: 'medium', message: 'A line of the text is longer than allowed.' },
  empty: { severity: 'low', message: 'The text is empty, or only blanks and invisible characters.' },
} as const satisfies Record<string, { readonly severity: Severity; readonly message: string }>

export type LimitCode = keyof typeof LIMIT_CODES
