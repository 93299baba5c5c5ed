import { SecretError } from '../secret-error.ts'
import type { SecretSource } from '../secret-source.ts'

/** Secrets in environment variables: `env:NAME`. */
export function environmentSource(environment: Readonly<Record<string, string | undefined>>): SecretSource {
  return {
    scheme: 'env',
    read: async (name) => {
      const value = Object.hasOwn(environment, name) ? environment[name]?.trim() : undefined
      if (value === undefined || value === '')
        throw new SecretError('not-found', `The environment variable ${name} is not set.`)
      return value
    },
  }
}
