import { describe, expect, it } from 'vitest'
import { literalsCover, matchWithoutLiteral } from './literals-cover.ts'
import { requiredLiterals } from './required-literals.ts'

describe('requiredLiterals', () => {
  it.each([
    [/gh[ps]_[A-Za-z0-9]{36}/, ['ghp_', 'ghs_']],
    [/ignore (?:all |any ){0,3}(?:previous|prior) rules/, ['ignore ']],
    [
      /(?:jail|prison)[-_ ]?break/,
      [
        'jailbreak',
        'jail-break',
        'jail_break',
        'jail break',
        'prisonbreak',
        'prison-break',
        'prison_break',
        'prison break',
      ],
    ],
    [/AKIA[A-Z2-7]{16}/, ['akia']],
    [/Bearer\s+\w+/i, ['bearer']],
    [/(?<=token=)\w{8,}/, ['token=']],
    [/\w+@\w+/, ['@']],
    [/[45]\d{3}/, ['4', '5']],
    [/foo|\d{2}/, undefined],
    [/(?:foo)?bar{2}/, ['barr']],
    [/привет|\u{1F600}{3}/u, ['привет', '😀😀😀']],
    [/École/i, ['cole']],
    [/(?!foo)\w{3}/, undefined],
  ])('finds what %s cannot do without', (re, literals) => {
    expect(requiredLiterals(re)?.toSorted()).toEqual(literals?.toSorted())
  })
})

describe('literalsCover', () => {
  it.each([
    [/gh[pousr]_\w{36}/, ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], true],
    [/gh[pousr]_\w{36}/, ['ghp_', 'gho_', 'ghu_', 'ghs_'], false],
    [/gh[pousr]_\w{36}/, ['_'], true],
    [/(?:ignore|forget) (?:all|my) rules/, ['ignore', 'forget'], true],
    [/(?:ignore|forget) (?:all|my) rules/, ['all rules', 'my rules'], true],
    [/(?:ignore|forget) (?:all|my) rules/, ['all', 'ignore'], false],
    [/(?:ignore )?rules?/, ['ignore'], false],
    [/(?:a|b|c){3}/, ['aa', 'bb', 'cc', 'ab', 'ac', 'ba', 'bc', 'ca', 'cb'], true],
    [/(?:a|b|c){2}/, ['aa', 'bb', 'cc', 'ab', 'ac', 'ba', 'bc', 'ca'], false],
    [/(?:ab){1,500}c/, ['abab', 'abc'], true],
    [/Bearer \w+/i, ['bearer'], true],
    [/BEARER \w+/iu, ['bearer'], true],
    [/sk-\w+/iu, ['sk-'], true],
    [/é\w/u, ['é'], true],
    [/é\w/iu, ['é'], false],
    [/[一二]\d/u, ['一', '二'], true],
    [/(?<=token: )\w{8}/, ['token'], true],
    [/(?<!token: )\w{8}/, ['token'], false],
    [/\w+/, [], false],
  ])('tells whether every match of %s contains one of %j', (re, literals, expected) => {
    expect(literalsCover(re, literals)).toBe(expected)
  })

  it.each([
    [/(?:ignore|forget) (?:all|my) rules/, ['ignore', 'all'], 'forget my rules'],
    [/ghp_\w{4}/, ['gho_'], 'ghp_gggg'],
    [/(?:ab){1,3}c{2}/, ['abab'], 'abcc'],
    [/(?:ab){1,3}c{2}/, ['cc'], undefined],
  ])('shows a match of %s without %j', (re, literals, example) => {
    expect(matchWithoutLiteral(re, literals)).toBe(example)
    if (example !== undefined) expect(example).toMatch(re)
  })

  it('gives up on a search that grows too large, and says no', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      index.toString(2).padStart(16, '0').replaceAll('0', 'a').replaceAll('1', 'b'),
    )
    expect(matchWithoutLiteral(/[ab]{0,64}(?:[ab]{64}){60}/, many)).toBe('')
    expect(literalsCover(/[ab]{0,64}(?:[ab]{64}){60}/, many)).toBe(false)
  })
})
