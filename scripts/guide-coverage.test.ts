import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GUIDE_PARTS } from './guide-parts.data.ts'
import { GUIDE_COVERAGE, type Place } from './guide-coverage.data.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string): string | undefined =>
  existsSync(resolve(root, file)) ? readFileSync(resolve(root, file), 'utf8') : undefined

/** What is wrong with a place: nothing, or words. */
function wrongPlace({ file, name }: Place): string | undefined {
  const text = read(file)
  if (text === undefined) return `${file} does not exist`
  if (name === undefined) return undefined
  const isExported =
    new RegExp(`^export [^\\n]*\\b${name}\\b`, 'm').test(text) ||
    new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b`, 'm').test(text)
  return isExported ? undefined : `${file} exports no ${name}`
}

/** Sections, classes, functions and boxes of the guide, in its order. */
function partsOf(guide: string): readonly string[] {
  const parts: string[] = []
  let className = ''
  for (const line of guide.split('\n')) {
    const section = /^#{2,3} (.+)$/.exec(line)?.[1]
    const found = /^class (\w+)/.exec(line)?.[1]
    const method = /^( *)(?:async )?def (\w+)/.exec(line)
    const title = /^- \[ \] (.+)$/.exec(line)?.[1]
    if (section !== undefined) parts.push(`section ${section}`)
    else if (found !== undefined) parts.push(`class ${(className = found)}`)
    // A bare constructor says nothing that its class does not.
    else if (method !== null && method[2] !== '__init__')
      parts.push(`function ${method[1] === '' ? '' : `${className}.`}${method[2]}`)
    else if (title !== undefined) parts.push(`box ${title}`)
  }
  return parts
}

describe('the guide and what stands for it', () => {
  it.each(GUIDE_COVERAGE)('$part: what is named exists', ({ here, test }) => {
    expect(here.map(wrongPlace).filter((wrong) => wrong !== undefined)).toEqual([])
    expect(here.length).toBeGreaterThan(0)
    expect(read(test.file) ?? `${test.file} does not exist`).toContain(test.title)
  })

  it('has no part twice', () => {
    expect(new Set(GUIDE_COVERAGE.map(({ part }) => part)).size).toBe(GUIDE_COVERAGE.length)
  })

  it('notices a place that is gone, and a part without a row (negative control)', () => {
    expect(wrongPlace({ file: 'nothing.ts' })).toBe('nothing.ts does not exist')
    expect(wrongPlace({ file: 'scripts/guide-coverage.data.ts', name: 'Nothing' })).toContain('exports no Nothing')
    expect(partsOf('## A\nclass B:\n    def c(self):\ndef d():\n- [ ] E\n')).toEqual([
      'section A',
      'class B',
      'function B.c',
      'function d',
      'box E',
    ])
  })

  it('has a row for each part of the guide, in its order', () => {
    // Without the guide beside the repository the committed list of its parts stands for it.
    const guide = resolve(root, '../shared/guide/security-best-practices.md')
    const parts = existsSync(guide) ? partsOf(readFileSync(guide, 'utf8')) : GUIDE_PARTS
    expect(parts).toEqual(GUIDE_PARTS)
    expect(GUIDE_COVERAGE.map(({ part }) => part)).toEqual(parts)
  })
})
