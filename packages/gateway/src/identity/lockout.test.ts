import { describe, expect, it } from 'vitest'
import { Lockout } from './lockout.ts'

describe('the lockout', () => {
  it('lets a burst pass, then asks for patience, and forgives with time', () => {
    let now = 0
    const lockout = new Lockout({ failures: 60, now: () => now })
    for (let count = 0; count < 60; count++) expect(lockout.fail('192.0.2.1')).toBeUndefined()
    expect(lockout.fail('192.0.2.1')).toEqual({ retryAfterSeconds: 1, isFirst: true })
    expect(lockout.fail('192.0.2.1')).toEqual({ retryAfterSeconds: 1, isFirst: false })
    now = 60_000
    for (let count = 0; count < 59; count++) expect(lockout.fail('192.0.2.1')).toBeUndefined()
  })

  it('never asks for more patience than a minute, however long the attack was', () => {
    const lockout = new Lockout({ failures: 1, now: () => 0 })
    for (let count = 0; count < 1_000; count++) lockout.fail('192.0.2.1')
    expect(lockout.fail('192.0.2.1')?.retryAfterSeconds).toBe(60)
  })

  it('tells once that an address is locked out, also when it goes on slowly', () => {
    let now = 0
    const lockout = new Lockout({ failures: 10, now: () => now })
    let firsts = 0
    for (let count = 0; count < 200; count++, now += 5_000) if (lockout.fail('192.0.2.1')?.isFirst) firsts++
    expect(firsts).toBe(1)
  })

  it('counts addresses apart, and an IPv6 network as one', () => {
    const lockout = new Lockout({ failures: 1, now: () => 0 })
    lockout.fail('192.0.2.1')
    expect(lockout.fail('192.0.2.2')).toBeUndefined()
    expect(lockout.fail('::ffff:192.0.2.1')).toBeDefined()
    lockout.fail('2001:db8:0:1::1')
    expect(lockout.fail('2001:db8:0:1:ffff::9')).toBeDefined()
    expect(lockout.fail('2001:db8:0:2::1')).toBeUndefined()
  })

  it('remembers no more addresses than it may', () => {
    const lockout = new Lockout({ failures: 1, addresses: 100, now: () => 0 })
    for (let count = 0; count < 5_000; count++) lockout.fail(`10.0.${count >> 8}.${count & 255}`)
    expect(lockout.size).toBe(100)
  })
})
