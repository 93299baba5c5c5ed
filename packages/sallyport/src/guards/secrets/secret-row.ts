import type { Severity } from '../../guard/finding.ts'

/** One credential format, as data. `secret-rule.ts` turns it into a rule. */
export interface SecretRow {
  /** Stable kebab-case id, unique within the guard. */
  readonly code: string
  /** What it is, for the message: `GitHub token`. */
  readonly name: string
  /** Lower case; each match, or the key in front of it, contains one of them. */
  readonly literals: readonly string[]
  readonly pattern: RegExp
  /** Least Shannon entropy of the value, in bits a character. Default 2.5; 0 switches the check off. */
  readonly minimumEntropy?: number
  /** `strict` also refuses sequences and repeated blocks; `off` takes everything. Default `words`. */
  readonly placeholders?: 'off' | 'words' | 'strict'
  /** Says no, or how sure. Sees the value and the text in front of it. */
  readonly validate?: (value: string, before: string) => boolean | number
  readonly severity?: Severity
  readonly confidence?: number
  /** Whether base64, hex … runs are searched for it too. Default true for formats with their own prefix. */
  readonly decoded?: boolean
}

type RowOptions = Omit<SecretRow, 'code' | 'name' | 'literals' | 'pattern'>

/** Not inside a longer word. A letter of an escaped line end (`\n`) in front is no part of the word. */
const WORD_START = String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))`
const WORD_END = '(?![A-Za-z0-9])'

/** A format that its own prefix tells apart. `body` is case-sensitive regular-expression source, prefix included. */
export function token(
  code: string,
  name: string,
  literals: readonly string[],
  body: string,
  options: RowOptions = {},
): SecretRow {
  return { code, name, literals, pattern: new RegExp(`${WORD_START}(?:${body})${WORD_END}`), ...options }
}

/** Key and value of an assignment in code, JSON, YAML, XML, shell, a query string or a call. */
export const ASSIGNMENT = String.raw`[\w .\t\]-]{0,20}["'\`\\\s]{0,3}(?:=>|[:?!+|=]{0,3}=|:|>|,|\|\|)["'\`\\\s=@(]{0,8}`

/** A value whose own form says little, beside a name of its provider. `keys` and `value` are sources without case. */
export function assigned(
  code: string,
  name: string,
  literals: readonly string[],
  keys: string,
  value: string,
  options: RowOptions = {},
): SecretRow {
  return {
    code,
    name,
    literals,
    pattern: new RegExp(`(?<=(?:${keys})${ASSIGNMENT})(?:${value})(?![\\w+/=-])`, 'i'),
    severity: 'high',
    confidence: 0.8,
    decoded: false,
    ...options,
  }
}

export const HEX = '[0-9a-f]'
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
