/** Texts of one unit over and over, each of which has made some library's patterns slow. */
export const SHAPES: readonly { readonly name: string; readonly unit: string }[] = [
  { name: 'aaaa', unit: 'a' },
  { name: 'spaces', unit: ' ' },
  { name: 'digits', unit: '1234567890' },
  { name: 'a.a.a.', unit: 'a.' },
  { name: 'a@a@', unit: 'a@' },
  { name: 'a_a_', unit: 'a_' },
  { name: '0-0-0-', unit: '0-' },
  { name: 'base64', unit: 'QUJDREVGR0hJSktM' },
  { name: '%41%41', unit: '%41' },
  { name: 'zero-width', unit: 'a\u200b' },
  { name: '<!--', unit: '<!--' },
  { name: 'John Smith', unit: 'John Smith ' },
  { name: 'ignore ignore', unit: 'ignore ' },
  { name: 'ignore all previous', unit: 'ignore all previous ' },
]
