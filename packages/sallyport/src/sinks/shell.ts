import { hasLoneSurrogate, made, refused, wholeFinding, type SinkResult } from './sink.ts'

export type ShellDialect = 'posix' | 'powershell'

export const SHELL_DIALECTS = ['posix', 'powershell'] as const satisfies readonly ShellDialect[]

export interface ShellOptions {
  /** Default `posix`. */
  readonly dialect?: ShellDialect
}

/**
 * Encodes text as one shell argument, quotes included. POSIX: single quotes, in which nothing has a meaning (POSIX
 * 2.2.2). PowerShell: single quotes, with the typographic quotes it also accepts doubled. `cmd.exe` is not supported,
 * as no quoting holds there. Better: start the program with an argument array and no shell.
 *
 * Quoting does not stop a program from reading an argument as an option: a leading `-` is reported, put `--` before it.
 * Refuses NUL, at which the operating system would cut the argument, and half surrogate pairs.
 */
export function encodeShellArgument(text: string, options: ShellOptions = {}): SinkResult<'shell'> {
  if (text.includes('\0')) return refused('shell-nul', 'An argument cannot hold a NUL character.')
  if (hasLoneSurrogate(text)) {
    return refused('shell-malformed-text', 'The text holds half of a surrogate pair, which UTF-8 cannot carry.')
  }
  const findings = text.startsWith('-')
    ? [wholeFinding('shell', 'option-like-argument', text, 'low', 'The program may read the argument as an option.')]
    : []
  const quoted =
    options.dialect === 'powershell'
      ? `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
      : `'${text.replaceAll("'", "'\\''")}'`
  return made(text, quoted, findings)
}
