import { describe, expect, it } from 'vitest'
import type { GuardScan } from '../../guard/guard.ts'
import { outputHtml } from './output-html.ts'

function open(input: object = {}): GuardScan {
  const scan = outputHtml.open?.(outputHtml.options.parse(input), { stage: 'output', origin: 'model' })
  if (scan === undefined) throw new Error('The guard has nothing to do.')
  return scan
}

describe('output-html', () => {
  it('replaces unsafe HTML as a whole, whatever the chunks, and settles nothing before the end', () => {
    const scan = open()
    for (const char of '<p>Hi <img src=x onerror=alert(1)></p>') {
      expect(scan.push(char, false)).toEqual([])
      expect(scan.settled).toBe(0)
    }
    expect(scan.push('', true)).toMatchObject([
      { code: 'unsafe-html', start: 0, end: 38, replacement: '<p>Hi <img src="x"></p>' },
    ])
    expect(scan.settled).toBe(38)
  })

  it('is quiet about HTML that only differs in spelling', () => {
    expect(open().push('<P CLASS=x>1 &lt; 2<br/></P>', true)).toEqual([])
  })

  it('follows the host lists', () => {
    const html = '<a href="https://b.example/">x</a><img src="https://a.example/i.png">'
    expect(open({ hosts: { images: ['a.example'], links: ['b.example'] } }).push(html, true)).toEqual([])
    expect(open({ hosts: { images: ['a.example'], links: ['c.example'] } }).push(html, true)).toHaveLength(1)
    expect(open().push(html, true)).toHaveLength(1)
  })

  it('replaces HTML over the limit by a notice', () => {
    const scan = open({ maxLength: 10 })
    scan.push('<p>12345</p>', false)
    expect(scan.push('<p>more</p>', true)).toMatchObject([
      { start: 0, end: 23, replacement: expect.stringContaining('removed') },
    ])
  })
})
