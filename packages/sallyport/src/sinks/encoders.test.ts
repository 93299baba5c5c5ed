import fc from 'fast-check'
import { parse as parseHtml, parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { encodeCssValue } from './css-value.ts'
import { encodeCsvCell } from './csv.ts'
import { HOSTILE_STRINGS } from './hostile-strings.data.ts'
import { encodeHtmlAttribute } from './html-attribute.ts'
import { encodeHtmlText } from './html-text.ts'
import { encodeHttpHeader } from './http-header.ts'
import { encodeJsString } from './js-string.ts'
import { encodeJson } from './json.ts'
import { encodeLogLine } from './log-line.ts'
import { encodeRegex } from './regex.ts'
import type { SinkResult } from './sink.ts'
import { encodeTerminal } from './terminal.ts'
import { sanitizeUrl } from './url.ts'
import { encodeXml } from './xml.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(...HOSTILE_STRINGS),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

function value(result: SinkResult<string>): string {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** Checks an encoder against the interpreter of its target. */
function roundTrips(
  encode: (input: string) => SinkResult<string>,
  read: (encoded: string) => unknown,
  only = (_input: string) => true,
): void {
  fc.assert(
    fc.property(text.filter(only), (input) => {
      expect(read(value(encode(input)))).toBe(input)
    }),
    { numRuns: 1000 },
  )
}

/** HTML parsers rewrite these before anything else sees them. */
const survivesHtml = (input: string): boolean => !/[\0\r]|[\ud800-\udfff]/.test(input)

describe('encoders, read back by what they encode for', () => {
  it('html-text is text again for an HTML parser', () => {
    roundTrips(encodeHtmlText, (html) => textOf(parseFragment(`<div>${html}</div>`).childNodes[0]), survivesHtml)
  })

  it.each(['"', "'"])('html-attribute is the value again, in quotes (%s)', (quote) => {
    const only = (input: string): boolean => survivesHtml(input) && !/[\x7f-\x9f]/.test(input)
    roundTrips(encodeHtmlAttribute, (html) => attributeOf(`<p title=${quote}${html}${quote}>`), only)
  })

  it('html-attribute cannot leave an unquoted attribute', () => {
    fc.assert(
      fc.property(text, (input) => {
        expect(value(encodeHtmlAttribute(input))).not.toMatch(/[\t\n\f\r >"'`=<]/)
      }),
    )
  })

  it('js-string is the same string for JavaScript, also in a script element', () => {
    // eslint-disable-next-line no-eval -- the interpreter is the point of the test
    roundTrips(encodeJsString, (source) => (0, eval)(source))
    fc.assert(
      fc.property(text, (input) => {
        expect(value(encodeJsString(input))).not.toMatch(/[<>&'\u2028\u2029\n]/)
      }),
    )
  })

  it('json is the same string for a JSON parser', () => {
    roundTrips(encodeJson, (source) => JSON.parse(source))
  })

  it('regex matches exactly the text, with and without the v flag', () => {
    fc.assert(
      fc.property(
        text.filter((input) => !/[\ud800-\udfff]/.test(input)),
        (input) => {
          expect(new RegExp(`^(?:${value(encodeRegex(input))})$`, 'v').test(input)).toBe(true)
          expect(new RegExp(`^[${value(encodeRegex(input))}x]+$`, 'u').test(`x${input}`)).toBe(true)
        },
      ),
    )
  })

  it('xml is text again, but for characters XML cannot hold', () => {
    fc.assert(
      fc.property(text, (input) => {
        const xml = value(encodeXml(input))
        expect(xml).not.toMatch(/[<>"'\0-\x08\x0b\x0c\x0e-\x1f]/)
        if (survivesHtml(input) && !/[\0-\x08\x0b-\x1f\ufffe\uffff]/.test(input))
          expect(attributeOf(`<p title="${xml}">`)).toBe(input)
      }),
    )
  })
})

describe('css-value', () => {
  it.each(['red', '10px', '-1.5em', '50%', '#ff0000', 'sans-serif'])('leaves the plain value %s', (css) => {
    expect(value(encodeCssValue(css))).toBe(css)
  })

  it('leaves no character that could end a string, a value or open a function', () => {
    fc.assert(
      fc.property(text, (input) => {
        const css = value(encodeCssValue(input))
        if (css !== input) expect(css.replace(/\\[0-9a-f]{1,6} /g, '')).toMatch(/^[\w\u00a1-\u{10ffff}]*$/u)
      }),
    )
  })
})

describe('csv', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    '"=1"',
    '\ufeff=1',
    '\u202e=1',
    '\u2066=1',
    '\u061c=1',
    '\u115f=1',
    '\ufe0f=1',
    '\u{e0020}=1',
    '\u207c1',
    '\u208b1',
    '-cmd|x',
    ';=1',
    '%0A=1',
  ])('disarms %j', (cell) => {
    const encoded = value(encodeCsvCell(cell))
    expect(readCell(encoded)).toBe(`'${cell}`)
  })

  it.each(['-5', '+441234567890', '1,234.50', '-1.5e-3', 'a=b', 'plain text', '1-2', 'email: a@b.c', '+49 (0)30 123'])(
    'keeps the value %j',
    (cell) => {
      expect(readCell(value(encodeCsvCell(cell)))).toBe(cell)
    },
  )

  it('never gives a cell that starts a formula, whichever delimiter it is read with', () => {
    fc.assert(
      fc.property(text, (input) => {
        for (const cell of [readCell(value(encodeCsvCell(input)))]) {
          expect(/^[=@\t\r]/.test(cell)).toBe(false)
          expect(cell === input || cell === `'${input}`).toBe(true)
        }
      }),
    )
  })
})

describe('terminal', () => {
  it.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07text', 'text'],
    ['\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
    ['\x1b]52;c;ZWNobw==\x07', ''],
    ['\x9b31mred', 'red'],
    ['\x9d0;t\x9ctext', 'text'],
    ['\x1bP1$r\x1b\\x', 'x'],
    ['over\rwritten', 'over\nwritten'],
    ['line\r\nline\tx\n', 'line\r\nline\tx\n'],
    ['a\u202eb\u2066c', 'abc'],
    ['\x1b\x1b[31m[31mx', '[31mx'],
    ['a\bb\x07c\x7fd', 'abcd'],
    ['C:\\x1b[31m', 'C:\\x1b[31m'],
  ])('shows %j as %j', (input, expected) => {
    expect(value(encodeTerminal(input))).toBe(expected)
  })

  it('leaves no control character but line feeds, tabs and CR LF', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('\x1b', '[', ']', '0', ';', 'm', '\x07', '\\', '\x9b', '\x9d', 'a', '\r', '\n', 'P'),
        }),
        (input) => {
          expect(value(encodeTerminal(input))).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/)
        },
      ),
    )
  })
})

describe('log-line and http-header', () => {
  it('keep a log entry on one line without control characters', () => {
    fc.assert(
      fc.property(text, (input) => {
        expect(value(encodeLogLine(input))).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/)
      }),
    )
    expect(encodeLogLine('user=bob action=login')).toMatchObject({ changed: false, findings: [] })
  })

  it.each(['a\r\nSet-Cookie: x=1', 'a\nb', 'a\rb', 'a\0b', 'a\x1bb'])('refuses the header value %j', (input) => {
    expect(encodeHttpHeader(input).ok).toBe(false)
  })

  it('give a header value that the platform accepts', () => {
    fc.assert(
      fc.property(text, (input) => {
        const result = encodeHttpHeader(input)
        if (result.ok) expect(() => new Headers({ 'x-test': result.value })).not.toThrow()
      }),
    )
    expect(encodeHttpHeader('attachment; filename="ü.txt"')).toMatchObject({
      value: 'attachment; filename="%C3%BC.txt"',
    })
  })
})

describe('url', () => {
  it.each(['https://example.com/a?b=c#d', '/relative/path', 'mailto:a@example.com', '#top', 'https://example.com'])(
    'leaves %s',
    (url) => {
      expect(sanitizeUrl(url)).toMatchObject({ value: url, changed: false, findings: [] })
    },
  )

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:x',
    'https://',
    'javascript&colon;'.replace('&colon;', ':'),
  ])('blocks %j', (url) => {
    expect(sanitizeUrl(url)).toMatchObject({ value: '#blocked' })
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:/\\evil.example',
    'https:evil.example',

    'https://ok.example@evil.example',
    'https://ok.example:80@evil.example',
    'https://evil.example\\@ok.example',
    '/\t/evil.example',
    'https://ok.example.evil.example',
    'http://[::1]/',
    'http://2130706433/',
    'https://evil。example',
  ])('blocks %j, which leads to another host', (url) => {
    expect(sanitizeUrl(url, { hosts: ['ok.example'] })).toMatchObject({ value: '#blocked' })
  })
})

function textOf(node: unknown): string {
  const children = (node as { childNodes?: readonly { value?: string }[] }).childNodes ?? []
  return children.map((child) => child.value ?? '').join('')
}

function attributeOf(html: string): string | undefined {
  const found: string[] = []
  const visit = (node: {
    childNodes?: readonly unknown[]
    attrs?: readonly { value: string }[]
    tagName?: string
  }): void => {
    if (node.tagName === 'p') found.push(...(node.attrs ?? []).map((each) => each.value))
    for (const child of node.childNodes ?? []) visit(child as Parameters<typeof visit>[0])
  }
  visit(parseHtml(html) as Parameters<typeof visit>[0])
  return found[0]
}

/** RFC 4180: one cell. */
function readCell(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}
