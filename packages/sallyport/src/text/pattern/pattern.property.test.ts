import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase, hasAscii } from './character-set.ts'
import { literalsCover } from './literals-cover.ts'
import { matchThreads } from './match-threads.ts'
import { measurePattern } from './measure-pattern.ts'
import { partialPattern } from './partial-pattern.ts'
import { requiredLiterals } from './required-literals.ts'

type Sample = readonly [name: string, pattern: RegExp, alphabet: readonly string[]]

/** Patterns as rules use them and awkward ones, each with pieces from which texts near a match are put together. */
const PATTERNS: readonly Sample[] = [
  [
    'a provider token',
    /ghp_[A-Za-z0-9]{36}(?![A-Za-z0-9])/,
    ['ghp_', 'aB3'.repeat(6), 'aB3'.repeat(12), 'x', ' ', '.'],
  ],
  ['a token family', /\bgh[pousr]_[A-Za-z0-9]{4,8}\b/u, ['gh', 'p_', 'ghs_', 'aB3', 'Z', '_', ' ', 'é']],
  [
    'a card number',
    /(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])/u,
    ['4111', '5', '-', ' ', '4111 1111 1111 1111', '.', 'a'],
  ],
  [
    'an e-mail address',
    /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/i,
    ['a', 'B', '.', '@', 'com', '-', ' '],
  ],
  [
    'an IBAN',
    /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/u,
    ['DE', '89', ' ', '3704', '0044', 'X', 'x', '-'],
  ],
  ['an IP address', /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/u, ['1', '25', '.', '10.0.0.1', ' ', 'v', '_']],
  ['shared prefixes', /foo(?:bar|barbaz|ba|b)?(?=x)?(?:qu|q|quux)/, ['foo', 'b', 'a', 'r', 'z', 'q', 'u', 'x']],
  [
    'optional words',
    /ignore (?:all |any |the ){0,3}(?:previous |prior )?(?:instructions?|rules?)\b/u,
    ['ignore ', 'all ', 'the ', 'prior ', 'previous ', 'instruction', 'rule', 's', ' ', 'x'],
  ],
  ['lazy repetition', /<!--.{0,8}?-->/s, ['<!--', '-', '>', 'x', '\n', '-->']],
  ['lazy groups', /a(?:bc??){1,3}?d?/, ['a', 'b', 'c', 'd', 'bc']],
  ['lines', /^(?:system|user): {0,2}\w{1,8}$/m, ['system', 'user', ': ', ':', ' ', 'go', '\n', '\r\n']],
  ['the end of the text', /key$/, ['k', 'e', 'y', 'key', '\n']],
  ['a forbidden continuation', /pass(?!(?:word|age)s?\b)\w{0,4}/u, ['pass', 'word', 'age', 's', ' ', 'w', 'a']],
  ['a lookahead in the middle', /(?=\w{0,6}\d)(?=\w{0,6}[A-Z])\w{4,7}/, ['a', 'B', '7', '_', ' ', '-']],
  ['nested lookarounds', /(?<=x(?!y))(?:a(?=b(?!c))|z)[a-z]/, ['x', 'y', 'a', 'b', 'c', 'z']],
  ['a boundary inside a lookbehind', /(?<=\bab\b|^)\W(?<!-)\w?/m, ['ab', 'a', '-', ' ', '\n', 'c']],
  ['a lookbehind that looks ahead', /a(?<=a(?=bc))b?/, ['a', 'b', 'c']],
  ['characters past the BMP', /(?<!\p{L})[😀-😎]{1,3}\p{L}?.(?!😀)/u, ['😀', '😎', 'a', 'é', '🤖', '\ud83d', '\ude00']],
  ['lone surrogates', /[^a]{2}\ud83d?[\ud800-\udfff]/u, ['a', 'b', '😀', '\ud83d', '\ude00']],
  ['code units', /(?:😀|\ud83d)+./, ['😀', '\ud83d', '\ude00', 'a']],
  ['case folding', /\bſtraKe\b/iu, ['s', 'ſ', 'tra', 'k', '\u212a', 'E', ' ']],
  ['empty repetitions', /(?:a?|b\b){0,3}(?:|c)d*/, ['a', 'b', 'c', 'd', ' ']],
  ['no repetition at all', /a{0}b(?:cd){2}(?:ef){2,}/, ['a', 'b', 'cd', 'ef', 'e']],
  ['named groups', /(?<year>\d{4})-(?<month>\d\d)(?:-(?<day>\d\d))?/, ['20', '1', '9', '-', 'a']],
]

/** Texts put together from the pieces, and single characters of them. */
function textFor(alphabet: readonly string[]): fc.Arbitrary<string> {
  const characters = alphabet.flatMap((piece) => piece.split('')).slice(0, 12)
  return fc
    .array(fc.constantFrom(...alphabet, ...characters), { maxLength: 14, size: 'max' })
    .map((pieces) => pieces.join('').slice(0, 80))
}

/** Any pattern over a small alphabet, with every construct the parser knows. */
const ARBITRARY_PATTERN: fc.Arbitrary<RegExp> = fc
  .tuple(patternSource(), fc.constantFrom('', 'u', 'm', 'mu', 's', 'i', 'iu', 'v'))
  .map(([source, flags]) => new RegExp(source, flags))

function patternSource(): fc.Arbitrary<string> {
  const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string; atom: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: 'small' },
      tie('sequence'),
      fc.tuple(tie('sequence'), tie('pattern')).map((both) => both.join('|')),
    ),
    sequence: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('^', '$', '\\b', '\\B'),
      fc
        .tuple(tie('atom'), fc.constantFrom('', '', '?', '??', '{2}', '{1,3}', '{0,2}?', '*', '+?'))
        .map((both) => both.join('')),
      fc.tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('pattern')).map(([open, body]) => `${open}${body})`),
    ),
    atom: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\W', '\\n', '[\\s\\S]', '\\x61'),
      tie('pattern').map((body) => `(?:${body})`),
      tie('pattern').map((body) => `(${body})`),
    ),
  }))
  return pattern
}

/** The first split and start at which appended text changes a match that the partial pattern had called settled. */
function brokenPromise(re: RegExp, partial: RegExp, text: string): string | undefined {
  const sticky = new RegExp(re.source, `${re.flags}y`)
  for (let start = 0; start <= text.length; start++) {
    if (isInsidePair(text, start)) continue
    const whole = matchAt(sticky, text, start)
    for (let split = start; split <= text.length; split++) {
      const head = text.slice(0, split)
      if (matchAt(sticky, head, start) !== whole && matchAt(partial, head, start) === undefined) {
        return `split ${split}, start ${start}`
      }
    }
  }
  return undefined
}

function matchAt(re: RegExp, text: string, start: number): string | undefined {
  re.lastIndex = start
  return re.exec(text)?.[0]
}

function isInsidePair(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) && /[\uD800-\uDBFF]$/.test(text.slice(0, at))
}

describe('partialPattern', () => {
  it.each(PATTERNS)('says of every start in %s whether more text could change its match', (_name, re, alphabet) => {
    const partial = partialPattern(re)
    fc.assert(
      fc.property(textFor(alphabet), (text) => {
        expect(brokenPromise(re, partial, text)).toBeUndefined()
      }),
      { numRuns: 150 },
    )
  })

  it('never calls a match settled that more text changes, for any pattern', () => {
    fc.assert(
      fc.property(ARBITRARY_PATTERN, textFor(['a', 'b', 'c', '\n', '😀']), (re, text) => {
        expect(brokenPromise(re, partialPattern(re), text)).toBeUndefined()
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['forgets a lookahead at the end', /(?:a(?:b(?![\s\S])|(?![\s\S])))/y, /abc?(?!b)/, ['a', 'b', 'c']],
    ['takes $ for the end of the buffer in a pattern of lines', /(?:[ab]{0,2}$)/my, /[a\n]{3}b/m, ['a', 'b', '\n']],
    ['cuts a repetition one too early', /(?:ab){0,1}(?:a(?![\s\S])|(?![\s\S]))/y, /(?:ab){3}/, ['a', 'b']],
  ])('is told from a broken one that %s', (_name, broken, re, alphabet) => {
    const texts = fc.sample(textFor(alphabet), { numRuns: 2000, seed: 7 })
    expect(texts.some((text) => brokenPromise(re, broken, text) !== undefined)).toBe(true)
    expect(texts.some((text) => brokenPromise(re, partialPattern(re), text) !== undefined)).toBe(false)
  })
})

/** Every match of the pattern in the text, overlapping ones too. */
function matchesIn(re: RegExp, text: string): { readonly start: number; readonly end: number }[] {
  const sticky = new RegExp(re.source, `${re.flags}y`)
  const found = []
  for (let start = 0; start <= text.length; start++) {
    const match = isInsidePair(text, start) ? undefined : matchAt(sticky, text, start)
    if (match !== undefined) found.push({ start, end: start + match.length })
  }
  return found
}

const ANY_CASE: fc.Arbitrary<readonly [RegExp, string]> = fc.oneof(
  fc.tuple(ARBITRARY_PATTERN, textFor(['a', 'b', 'c', '\n', '😀'])),
  fc.constantFrom(...PATTERNS).chain(([, re, alphabet]) => fc.tuple(fc.constant(re), textFor(alphabet))),
)

describe('measurePattern', () => {
  it('bounds every match, and what around it can matter', () => {
    fc.assert(
      fc.property(ANY_CASE, ([re, text]) => {
        const { minLength, maxLength, behind, ahead } = measurePattern(re)
        for (const { start, end } of matchesIn(re, text)) {
          expect(end - start).toBeGreaterThanOrEqual(minLength)
          expect(end - start).toBeLessThanOrEqual(maxLength)
        }
        const sticky = new RegExp(re.source, `${re.flags}y`)
        for (let start = 0; start <= text.length; start++) {
          const from = Math.max(0, start - behind)
          const to = start + maxLength + ahead
          if ([from, start, to].some((at) => isInsidePair(text, at))) continue
          expect(matchAt(sticky, text.slice(from, to), start - from)).toBe(matchAt(sticky, text, start))
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('matchThreads', () => {
  it('have a way to go on for every unit of every match', () => {
    fc.assert(
      fc.property(ANY_CASE, ([re, text]) => {
        for (const { start, end } of matchesIn(re, text)) {
          let threads = matchThreads(re)
          for (let at = start; at < Math.min(end, start + 8); at++) {
            const code = text.charCodeAt(at)
            const fitting = threads.filter(
              ({ unit }) => unit === undefined || (code < 128 ? hasAscii(unit.ascii, code) : unit.nonAscii),
            )
            expect(fitting.length).toBeGreaterThan(0)
            threads = fitting.flatMap((thread) => thread.next())
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('leave out what cannot begin a match', () => {
    const [thread, ...others] = matchThreads(/(?:abc|axy)d/)
    expect([thread, ...others].map((each) => each?.unit && hasAscii(each.unit.ascii, 0x61))).toEqual([true, true])
    expect([thread, ...others].some((each) => each?.unit && hasAscii(each.unit.ascii, 0x62))).toBe(false)
    expect(thread?.next().some(({ unit }) => unit && hasAscii(unit.ascii, 0x78))).toBe(false)
  })
})

describe('requiredLiterals and literalsCover', () => {
  it('name literals that every match, with its surroundings, contains', () => {
    fc.assert(
      fc.property(ANY_CASE, ([re, text]) => {
        const literals = requiredLiterals(re)
        if (literals === undefined || matchesIn(re, text).length === 0) return
        expect(literals.some((literal) => foldCase(text).includes(literal))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('only call a pattern covered when no match is without a literal', () => {
    const LITERALS = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', 'ba', 'abc', 'c', '😀', 'aa', '4', '@', ' '), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(ANY_CASE, LITERALS, ([re, text], literals) => {
        // Lookarounds may hold the literal, and what they read is not part of the match.
        if (/\(\?<?[=!]/.test(re.source) || !literalsCover(re, literals)) return
        for (const { start, end } of matchesIn(re, text)) {
          const match = foldCase(text.slice(start, end))
          expect(literals.some((literal) => match.includes(literal))).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('agree: what is required covers the pattern', () => {
    for (const [name, re] of PATTERNS) {
      const literals = requiredLiterals(re)
      if (literals !== undefined) expect(literalsCover(re, literals), name).toBe(true)
    }
  })
})
