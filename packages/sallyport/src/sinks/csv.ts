import { made, wholeFinding, type SinkResult } from './sink.ts'

/**
 * Encodes text as one CSV cell (RFC 4180). A text that a spreadsheet would read as a formula (it starts with `=`, `+`,
 * `-`, `@`, tab, CR or LF, their full-width forms, or these after blanks or invisible characters) gets an apostrophe in
 * front and is reported; plain numbers such as `-5.2` or `+49 30 123` stay. The cell is quoted when it holds a quote, a
 * line end or any usual delimiter, as a file written with commas may be read with semicolons.
 */
export function encodeCsvCell(text: string): SinkResult<'csv'> {
  const isFormula = FORMULA.test(text) && !NUMBER.test(text)
  const value = isFormula ? `'${text}` : text
  const cell = /[",;|\t\r\n\u2028\u2029]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
  return made(
    text,
    cell,
    isFormula
      ? [wholeFinding('csv', 'csv-formula', text, 'high', 'A spreadsheet would run the cell as a formula.')]
      : [],
  )
}

/**
 * Blanks, quotes, controls and whatever is not drawn (byte order marks, zero-width, bidi) are skipped by one spreadsheet
 * or another; signs in full-width, small, raised and lowered form may be read as the plain ones.
 */
const FORMULA =
  /^(?:[\t\r\n]|[\s"'\0-\x1f\p{Cf}\p{Default_Ignorable_Code_Point}]*(?:%0[9adAD]|[|;,])?[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b\u207a-\u207c\u208a-\u208c])/u

/** Signed numbers and telephone numbers: digits with separators and nothing that is a name or an operator. */
const NUMBER = /^[+-]?(?:\d[\d.,]*(?:[eE][+-]?\d{1,3})?%?|\d[\d ]*(?:\(\d+\)[\d ]*)?)$/
