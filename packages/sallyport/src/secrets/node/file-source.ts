import { readFile, stat } from 'node:fs/promises'
import { SecretError } from '../secret-error.ts'
import type { SecretSource } from '../secret-source.ts'

const LARGEST_FILE = 64 * 1024

/** Secrets in files with nothing else in them, as Docker and Kubernetes mount them: `file:PATH`. */
export function fileSource(): SecretSource {
  return {
    scheme: 'file',
    read: async (path, signal) => {
      try {
        if ((await stat(path)).size > LARGEST_FILE)
          throw new SecretError('unavailable', `The file ${path} is too large for a secret.`)
        return (await readFile(path, { encoding: 'utf8', signal })).trim()
      } catch (error) {
        if (SecretError.isInstance(error)) throw error
        const code = (error as NodeJS.ErrnoException).code
        if (code === 'ENOENT') throw new SecretError('not-found', `There is no file ${path}.`)
        throw new SecretError('unavailable', `The file ${path} cannot be read.`)
      }
    },
  }
}
