import { describe, expect, it } from 'vitest'
import { EMPTY_FORM, toLogQuery } from './log-query.ts'

describe('toLogQuery', () => {
  it('leaves out what is blank', () => {
    expect(String(toLogQuery(EMPTY_FORM))).toBe('')
    expect(String(toLogQuery({ ...EMPTY_FORM, rule: '  ', key: ' key_1 ' }))).toBe('key=key_1')
  })

  it('gives local times in UTC, and nothing for a time that is none', () => {
    const query = toLogQuery({ ...EMPTY_FORM, from: '2026-01-31T10:00', to: 'soon' })
    expect(query.get('from')).toBe(new Date('2026-01-31T10:00').toISOString())
    expect(query.has('to')).toBe(false)
  })

  it('cannot be made to say something else by what is typed', () => {
    const query = toLogQuery({ ...EMPTY_FORM, rule: 'a&own=true#x', request: '%26type=stop' })
    expect([...new URLSearchParams(String(query))]).toEqual([
      ['rule', 'a&own=true#x'],
      ['request', '%26type=stop'],
    ])
  })
})
