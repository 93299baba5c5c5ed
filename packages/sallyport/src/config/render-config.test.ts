import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { locateValues } from './locate-values.ts'
import { renderConfig } from './render-config.ts'

describe('locateValues', () => {
  it('knows the line of every key and item', () => {
    const text = 'preset: strict\nguards:\n  pii:\n    enabled: true\nlist:\n  - a: 1\n  - b\n'
    expect([...locateValues(text)]).toEqual([
      ['preset', 1],
      ['guards', 2],
      ['guards.pii', 3],
      ['guards.pii.enabled', 4],
      ['list', 5],
      ['list.0', 6],
      ['list.0.a', 6],
      ['list.1', 7],
    ])
  })

  it('finds nothing in what is no YAML', () => {
    expect(locateValues('a: [').size).toBe(0)
  })
})

describe('renderConfig', () => {
  it('puts a remark behind each value and stays the same YAML', () => {
    const value = { a: 'x', b: { c: [1, 2], d: [], e: {} }, f: [{ g: 'multi\nline', h: null }], i: 'a # b' }
    const asked: string[] = []
    const text = renderConfig(value, (path) => {
      asked.push(path)
      return `from ${path}`
    })
    expect(asked).toEqual(['a', 'b.c', 'b.d', 'b.e', 'f.0.g', 'f.0.h', 'i'])
    expect(text).toContain('a: x # from a')
    expect(text).toContain('c: [1, 2] # from b.c')
    expect(parseDocument(text).toJS()).toEqual(value)
  })
})
