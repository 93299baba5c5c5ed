import { describe, expect, it } from 'vitest'
import type { RestoreRule } from '../guard/pseudonyms.ts'
import { testVault } from './node/testing/test-vault.ts'

const EMAIL = 'jane@example.org'
const own: RestoreRule = (_, origins) => (origins.has('user') ? 'restore' : 'name')

function setUp() {
  const conversation = testVault().open({ tenant: 'a' })
  const placeholder = conversation.pseudonymizer.placeholder('EMAIL_ADDRESS', EMAIL, 'user') ?? ''
  const code = placeholder.slice('[EMAIL_ADDRESS_'.length, -1)
  const restore = (text: string, rule = own): string =>
    conversation.restorer().open(rule, { stage: 'output' })?.push(text, true) ?? text
  return { conversation, placeholder, code, restore }
}

describe('a placeholder', () => {
  it('has a form that says what it stands for, and nothing of the value', () => {
    expect(setUp().placeholder).toMatch(/^\[EMAIL_ADDRESS_[bcdfghjklmnpqrstvwxz]{10}\]$/)
  })

  const { code, restore } = setUp()
  const upper = code.toUpperCase()

  it.each([
    ['as it is', `Mail [EMAIL_ADDRESS_${code}].`, `Mail ${EMAIL}.`],
    ['twice', `[EMAIL_ADDRESS_${code}][EMAIL_ADDRESS_${code}]`, `${EMAIL}${EMAIL}`],
    ['in upper case', `Mail [EMAIL_ADDRESS_${upper}].`, `Mail ${EMAIL}.`],
    ['in lower case', `Mail [email_address_${code}].`, `Mail ${EMAIL}.`],
    ['with escaped underscores', `Mail [EMAIL\\_ADDRESS\\_${code}].`, `Mail ${EMAIL}.`],
    ['with escaped brackets', `Mail \\[EMAIL_ADDRESS_${code}\\].`, `Mail ${EMAIL}.`],
    ['in backticks', `Mail \`[EMAIL_ADDRESS_${code}]\`.`, `Mail \`${EMAIL}\`.`],
    ['in bold', `Mail **[EMAIL_ADDRESS_${code}]**.`, `Mail **${EMAIL}**.`],
    ['with spaces', `Mail [ EMAIL ADDRESS ${code} ].`, `Mail ${EMAIL}.`],
    ['with dashes', `Mail [EMAIL-ADDRESS-${code}].`, `Mail ${EMAIL}.`],
    ['with a colon', `Mail [EMAIL_ADDRESS: ${code}].`, `Mail ${EMAIL}.`],
    ['without brackets', `Mail EMAIL_ADDRESS_${code}.`, `Mail ${EMAIL}.`],
    ['without its first bracket', `Mail EMAIL_ADDRESS_${code}, please`, `Mail ${EMAIL}, please`],
    ['without its last bracket', `Mail [EMAIL_ADDRESS_${code}, please`, `Mail ${EMAIL}, please`],
    ['with angle brackets', `Mail <EMAIL_ADDRESS_${code}>.`, `Mail ${EMAIL}.`],
    ['with curly brackets', `Mail {{EMAIL_ADDRESS_${code}}}.`, `Mail ${EMAIL}.`],
    ['with two brackets', `Mail [[EMAIL_ADDRESS_${code}]].`, `Mail ${EMAIL}.`],
    ['with brackets of Chinese', `发给【EMAIL_ADDRESS_${code}】。`, `发给${EMAIL}。`],
    ['with full-width brackets', `Mail ［EMAIL_ADDRESS_${code}］.`, `Mail ${EMAIL}.`],
    ['with HTML entities', `Mail &lt;EMAIL_ADDRESS_${code}&gt;.`, `Mail ${EMAIL}.`],
    ['with numeric entities', `Mail &#91;EMAIL_ADDRESS_${code}&#93;.`, `Mail ${EMAIL}.`],
    ['in percent escapes', `https://x.example/?q=%5BEMAIL_ADDRESS_${code}%5D`, `https://x.example/?q=${EMAIL}`],
    ['in round brackets of the sentence', `Jane ([EMAIL_ADDRESS_${code}])`, `Jane (${EMAIL})`],
    ['as the text of a link', `[EMAIL_ADDRESS_${code}](https://x.example)`, `[${EMAIL}](https://x.example)`],
    ['as a mail link', `[EMAIL_ADDRESS_${code}](mailto:EMAIL_ADDRESS_${code})`, `[${EMAIL}](mailto:${EMAIL})`],
    ['within a link', `[[EMAIL_ADDRESS_${code}]](https://x.example)`, `[${EMAIL}](https://x.example)`],
    ['with a translated name', `An [E-MAIL-ADRESSE_${code}].`, `An ${EMAIL}.`],
    ['with a name in another script', `На 「АДРЕС_${code}」.`, `На ${EMAIL}.`],
    ['as its code alone', `Mail ${code}.`, `Mail ${EMAIL}.`],
    ['glued to its name', `Mail [EMAILADDRESS${code}].`, `Mail ${EMAIL}.`],
    ['with a plural', `Both EMAIL_ADDRESS_${code}s`, `Both ${EMAIL}s`],
    [
      'in other brackets with other words',
      `[see the mail of EMAIL_ADDRESS_${code} here]`,
      `[see the mail of ${EMAIL} here]`,
    ],
    ['across a line end', `Mail [EMAIL_\nADDRESS_${code}].`, `Mail ${EMAIL}.`],
  ])('is understood %s', (_, text, expected) => expect(restore(text)).toBe(expected))

  const wrong = code.startsWith('b') ? `c${code.slice(1)}` : `b${code.slice(1)}`

  it.each([
    ['one letter of the code is wrong', `Mail [EMAIL_ADDRESS_${wrong}].`],
    ['the code is cut short', `Mail [EMAIL_ADDRESS_${code.slice(0, -1)}].`],
    ['a space is in the code', `Mail [EMAIL_ADDRESS_${code.slice(0, 5)} ${code.slice(5)}].`],
    ['there is no code', 'Mail [EMAIL_ADDRESS].'],
    ['there is a number', 'Mail [EMAIL_ADDRESS_1].'],
  ])('stays as it is when %s', (_, text) => expect(restore(text)).toBe(text))

  it('is named by its type when its value was not written by who reads it', () => {
    const { conversation, restore: put } = setUp()
    const other = conversation.pseudonymizer.placeholder('PHONE_NUMBER', '+1 212 555 0187', 'tool') ?? ''
    expect(put(`Call ${other}.`)).toBe('Call [PHONE_NUMBER].')
  })

  it('is the same for the same value, and another for another value, type or conversation', () => {
    const vault = testVault()
    const make = (scope: Parameters<typeof vault.open>[0], entity = 'EMAIL_ADDRESS', value = EMAIL) =>
      vault.open(scope).pseudonymizer.placeholder(entity, value, 'user')
    const first = make({ tenant: 'a', subject: 's', conversation: 'c' })
    expect(make({ tenant: 'a', subject: 's', conversation: 'c' })).toBe(first)
    const others = [
      make({ tenant: 'b', subject: 's', conversation: 'c' }),
      make({ tenant: 'a', subject: 't', conversation: 'c' }),
      make({ tenant: 'a', subject: 's', conversation: 'd' }),
      make({ tenant: 'a', subject: 's' }),
      make({ tenant: 'as', subject: '', conversation: 'c' }),
      make({ tenant: 'a', subject: 's', conversation: 'c' }, 'PERSON'),
      make({ tenant: 'a', subject: 's', conversation: 'c' }, 'EMAIL_ADDRESS', 'jan@example.org'),
    ]
    expect(new Set([first, ...others]).size).toBe(others.length + 1)
  })

  it('is escaped where the answer is JSON', () => {
    const conversation = testVault().open({ tenant: 'a' })
    const value = '"Jane \\ Doe"\n@example.org'
    const placeholder = conversation.pseudonymizer.placeholder('EMAIL_ADDRESS', value, 'user') ?? ''
    const answer = JSON.stringify({ to: `<${placeholder}>` })
    const restored = conversation.restorer({ json: true }).open(own, { stage: 'output' })?.push(answer, true) ?? ''
    expect(JSON.parse(restored)).toEqual({ to: value })
  })
})
