import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Secret } from './secret.ts'

const VALUE = ['hunter', '2-', 'q'.repeat(12)].join('')
const secret = new Secret(VALUE)

describe('a secret never prints', () => {
  it.each<readonly [string, () => string]>([
    ['String()', () => String(secret)],
    ['a template', () => `${secret as unknown as string}`],
    ['concatenation', () => 'key ' + (secret as unknown as string)],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspect', () => inspect({ secret }, { depth: 9, showHidden: true, getters: true })],
    ['format', () => format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error', () => String(new Error(`bad key ${String(secret)}`).stack)],
    ['the cause of an error', () => inspect(new Error('bad', { cause: secret }))],
    ['keys and values', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyDescriptors(secret)])],
    ['a copy', () => JSON.stringify({ ...secret })],
    ['a structured clone', () => inspect(structuredClone({ ...secret }))],
    ['toLocaleString', () => secret.toLocaleString()],
    ['join', () => [secret, secret].join()],
    ['a number', () => String(Number(secret))],
    ['Object.prototype.toString', () => Object.prototype.toString.call(secret)],
  ])('as %s', (_, print) => {
    expect(print()).not.toContain(VALUE)
  })

  it('but gives its value to those who ask for it by name', () => {
    expect(secret.reveal()).toBe(VALUE)
  })

  it('and cannot be changed or made to tell', () => {
    expect(() => Object.assign(secret, { toString: () => 'mine' })).toThrow(TypeError)
  })
})

it.each([
  [VALUE, true],
  [`${VALUE}x`, false],
  ['', false],
  [VALUE.toUpperCase(), false],
])('compares with another secret (%#)', (other, same) => {
  expect(secret.equals(new Secret(other))).toBe(same)
})
