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
    new RegExp(
      `^export (?:declare |abstract |async )*(?:const|let|function\\*?|class|interface|type|enum) ${name}\\b`,
      'm',
    ).test(text) || new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b(?! as )`, 'm').test(text)
  return isExported ? undefined : `${file} exports no ${name}`
}

/** Names of the tests of a file that run: what is skipped or still to be written proves nothing. */
function runningTests(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:it|test)((?:\.\w+)*)\(/g)].flatMap(({ 0: call, 1: manner = '', index }) => {
    if (/\.(?:skip|todo|fails)\b/.test(manner)) return []
    const rest = text.slice(index + call.length)
    // After the rows of `it.each([…])(`.
    const start = /\.(?:each|for|runIf|skipIf)\b/.test(manner) ? rest.search(/\)\(\s*['"`]/) + 2 : 0
    const quoted = /^\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/.exec(rest.slice(start))
    const title = quoted?.slice(1).find((each) => each !== undefined)
    return title === undefined ? [] : [title.replace(/\\(.)/g, '$1')]
  })
}

/** What is wrong with a proof: nothing, or words. */
function wrongProof({ file, title }: { readonly file: string; readonly title: string }): string | undefined {
  const text = read(file)
  if (text === undefined) return `${file} does not exist`
  return runningTests(text).some((name) => name.includes(title)) ? undefined : `${file} runs no test "${title}"`
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
  it.each(GUIDE_COVERAGE)('$part: what is named exists', ({ here, test, misses }) => {
    expect(here.map(wrongPlace).filter((wrong) => wrong !== undefined)).toEqual([])
    expect(here.length).toBeGreaterThan(0)
    expect(misses).not.toBe('')
    expect(wrongProof(test)).toBeUndefined()
  })

  it('has no part twice', () => {
    expect(new Set(GUIDE_COVERAGE.map(({ part }) => part)).size).toBe(GUIDE_COVERAGE.length)
  })

  it('notices a place that is gone, and a part without a row (negative control)', () => {
    expect(wrongPlace({ file: 'nothing.ts' })).toBe('nothing.ts does not exist')
    expect(wrongPlace({ file: 'scripts/guide-coverage.data.ts', name: 'Nothing' })).toContain('exports no Nothing')
    // Used by an export, and none itself.
    expect(wrongPlace({ file: 'scripts/guide-coverage.data.ts', name: 'CoverageRow' })).toBeUndefined()
    expect(wrongPlace({ file: 'scripts/guide-coverage.data.ts', name: 'readonly' })).toContain('exports no readonly')
    expect(
      runningTests(
        `it('a', x)\nit.skip('b', x)\n// c\nit.each([['d', 1]])('e %s', x)\nit.each(ROWS)(\n  "f's",\n  x)\nit.todo('g')\ndescribe('h', x)`,
      ),
    ).toEqual(['a', 'e %s', "f's"])
    expect(wrongProof({ file: 'scripts/guide-misses.test.ts', title: 'nobody wrote this' })).toContain('runs no test')
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
