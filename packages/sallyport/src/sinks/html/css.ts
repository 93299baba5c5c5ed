import { ALLOWED_CSS } from './html-policy.data.ts'

/**
 * Keeps the declarations of a `style` attribute whose property is on the allow-list and whose value is plain: words,
 * numbers, colours, quoted font names and a few functions that only compute or read what the page itself has defined.
 * Returns the input itself when all may stay, and an empty string when none may. Escapes, comments, `url()` and `@` are
 * never plain, and no style defines a custom property.
 */
export function cleanStyle(style: string): string {
  if (/[\\@{}<&]|\/\*|[\0-\x08\x0e-\x1f]/.test(style)) return ''
  const declarations = style.split(';').filter((each) => each.trim() !== '')
  const kept = declarations.filter(isPlainDeclaration)
  return kept.length === declarations.length ? style : kept.map((each) => each.trim()).join('; ')
}

function isPlainDeclaration(declaration: string): boolean {
  const colon = declaration.indexOf(':')
  const property = declaration.slice(0, colon).trim().toLowerCase()
  const value = declaration.slice(colon + 1).trim()
  return colon > 0 && ALLOWED_CSS.has(property) && value.length <= 300 && isPlainValue(value)
}

function isPlainValue(value: string): boolean {
  if (!/^[\w\s#%.,()+\-*/"'!\u00a1-\uffff]*$/.test(value)) return false
  for (const call of value.matchAll(/([\w-]*)\s*\(/g)) {
    if (!/^(?:rgba?|hsla?|calc|min|max|clamp|repeat|minmax|var)$/i.test(call[1] ?? '')) return false
  }
  // A negative or enormous box could be moved over the application's own controls.
  return !/-\s*\d{3,}|\d{6,}/.test(value)
}
