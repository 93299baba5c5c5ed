import { expect, it } from 'vitest'
import { hasAscii } from './character-set.ts'
import { previousCharacters } from './previous-characters.ts'

it.each([
  [/(?<![a-z0-9])abc/, ' .-', 'a5z'],
  [/(?<![a-z0-9_\p{Script=Greek}])abc/u, ' .', 'a5_'],
  [/(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))sk-/, ' nrt.', 'ax5'],
  [/(?:(?<!\.|[a-z0-9])abc)/, ' -', '.a5'],
  [/(?<!x[a-z0-9])abc/, ' ax5', ''],
  [/(?<=key[:=]\s{0,3})abc/, ':= \t', 'ax5'],
  [/(?<=(?:ab|c\d?))x/, 'bc7', 'a. '],
  [/(?<=x?)abc/, ' ax5', ''],
  [/abc/, ' ax5', ''],
  [/(?<![a-z])abc|(?<![0-9])def/, ' ax5', ''],
  [/(?=x)(?<![a-z])abc/, ' 5', 'ax'],
])('%s can follow each of "%s" and none of "%s"', (pattern, allowed, forbidden) => {
  const { ascii } = previousCharacters(pattern)
  for (const character of allowed)
    expect([character, hasAscii(ascii, character.charCodeAt(0))]).toEqual([character, true])
  for (const character of forbidden)
    expect([character, hasAscii(ascii, character.charCodeAt(0))]).toEqual([character, false])
})
