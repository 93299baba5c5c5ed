import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { checkedLookup, mayDial, mayDialHost } from './checked-lookup.ts'

const PRIVATE = [
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fd00:ec2::254',
  'fc00::1',
  'ff02::1',
  '64:ff9b::a9fe:a9fe',
  '2002:7f00:1::',
  '2001:db8::1',
  'not an address',
]

describe('what a webhook may be sent to', () => {
  it.each(PRIVATE)('is not %s', (address) => {
    expect(mayDial(address, [])).toBe(false)
  })

  it.each(['93.184.215.14', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111'])('is %s', (address) => {
    expect(mayDial(address, [])).toBe(true)
  })

  it('is a private address when it is written out, and only that one', () => {
    expect(mayDial('10.1.2.3', ['10.1.2.3'])).toBe(true)
    expect(mayDial('::ffff:10.1.2.3', ['10.1.2.0/24'])).toBe(true)
    expect(mayDial('10.1.3.3', ['10.1.2.0/24'])).toBe(false)
    expect(mayDial('127.0.0.1', ['10.0.0.0/8'])).toBe(false)
  })

  it.each([
    ['example.com', true],
    ['127.0.0.1', false],
    ['[::1]', false],
    ['[2606:4700:4700::1111]', true],
  ])('is checked before a look-up when it is an address: %s', (host, may) => {
    expect(mayDialHost(host, [])).toBe(may)
  })

  const resolved = (addresses: readonly string[], all = true): Promise<unknown> =>
    new Promise((resolve) => {
      const records: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
      const lookup = checkedLookup([], (_, __, answer) => answer(null, records))
      lookup('receiver.example', { all }, (error, address, family) =>
        resolve(error?.code ?? (all ? address : [address, family])),
      )
    })

  it('is refused when any address of its name is private: the second one could be dialled as well', async () => {
    expect(await resolved(['93.184.215.14', '127.0.0.1'])).toBe('ERR_REFUSED_ADDRESS')
    expect(await resolved([])).toBe('ERR_REFUSED_ADDRESS')
    expect(await resolved(['93.184.215.14'])).toEqual([{ address: '93.184.215.14', family: 4 }])
    expect(await resolved(['93.184.215.14'], false)).toEqual(['93.184.215.14', 4])
  })
})
