import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_STRINGS } from './hostile-strings.data.ts'
import { encodeShellArgument } from './shell.ts'

const PROBE = String.raw`process.stdout.write(JSON.stringify(process.argv.slice(1)))`

/** What a program started by the shell gets as its arguments. */
function argumentsSeen(shell: string, texts: readonly string[]): unknown {
  const quoted = texts.map((text) => {
    const result = encodeShellArgument(text)
    if (!result.ok) throw new Error(result.error.code)
    return result.value
  })
  const command = `'${process.execPath}' -e '${PROBE}' -- ${quoted.join(' ')}`
  return JSON.parse(execFileSync(shell, ['-c', command], { encoding: 'utf8' }))
}

describe.each(['sh', 'bash'])('a POSIX argument through %s -c', (shell) => {
  it('arrives as it was', () => {
    const random = fc.sample(fc.string({ unit: 'grapheme', maxLength: 20 }), { numRuns: 150, seed: 5 })
    const texts = [...HOSTILE_STRINGS, ...random.filter((text) => !text.includes('\0'))]
    expect(argumentsSeen(shell, texts)).toEqual(texts)
  })
})

describe('shell arguments', () => {
  it('would run commands without quoting (negative control)', () => {
    expect(execFileSync('sh', ['-c', 'echo $(echo ran)'], { encoding: 'utf8' })).toBe('ran\n')
  })

  it('doubles every quote PowerShell accepts', () => {
    expect(encodeShellArgument("a'b’c‘d", { dialect: 'powershell' })).toMatchObject({ value: "'a''b’’c‘‘d'" })
  })

  it('refuses NUL and half surrogate pairs, and reports an argument that looks like an option', () => {
    expect(encodeShellArgument('a\0b').ok).toBe(false)
    expect(encodeShellArgument('a\ud800').ok).toBe(false)
    expect(encodeShellArgument('-rf')).toMatchObject({ findings: [{ code: 'option-like-argument' }] })
  })
})
