import { readFileSync } from 'node:fs'
import { ConfigurationError } from '../configuration-error.ts'

/**
 * The secret a reference stands for: `env:NAME` or `file:PATH`.
 *
 * @throws ConfigurationError naming the reference, never the value.
 */
export function readSecret(reference: string, environment: Readonly<Record<string, string | undefined>>): string {
  const value = (reference.startsWith('env:') ? environment[reference.slice(4)] : readFile(reference.slice(5)))?.trim()
  if (value === undefined || value === '') throw new ConfigurationError(`There is no secret at ${reference}.`)
  // A line break or control character in a header value would be another header.
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new ConfigurationError(`The secret at ${reference} has characters no key has.`)
  return value
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigurationError(`The file ${path} with a secret cannot be read.`, { cause: error })
  }
}
