/** Code with what is not code made blank; every offset stays where it was. */
export interface MaskedCode {
  /** Without comments and without the contents of strings. */
  readonly bare: string
  /** Without comments and documentation strings; strings are there. */
  readonly text: string
}

/** Longer tokens come first. A regular expression literal is not told apart; a quote in one ends with its line. */
const SCRIPT_TOKENS =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|<!--[\s\S]*?-->/g
const PYTHON_TOKENS = /"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g
const LINE_COMMENTS = /^\s*(?:\/\/|#|\*|--)[^\n]*/gm

export type CodeLanguage = 'script' | 'python' | 'other'

/** Blanks comments, and in one of the two views what stands in strings. */
export function maskCode(code: string, language: CodeLanguage): MaskedCode {
  if (language === 'other') {
    const text = code.replace(LINE_COMMENTS, blank)
    return { bare: text, text }
  }
  const isComment = (token: string): boolean =>
    language === 'python' ? /^(?:#|"""|''')/.test(token) : /^(?:\/\/|\/\*|<!--)/.test(token)
  const tokens = language === 'python' ? PYTHON_TOKENS : SCRIPT_TOKENS
  return {
    bare: code.replace(tokens, (token) => (isComment(token) ? blank(token) : inner(token))),
    text: code.replace(tokens, (token) => (isComment(token) ? blank(token) : token)),
  }
}

function blank(token: string): string {
  return token.replace(/[^\n]/g, ' ')
}

function inner(token: string): string {
  return `${token.slice(0, 1)}${blank(token.slice(1, -1))}${token.slice(-1)}`
}
