import { SecretError } from './secret-error.ts'

export interface SecretReference {
  /** `env`, `file`, `aws-sm`, `vault`. */
  readonly scheme: string
  /** Where within the scheme: a variable, a path, a name. */
  readonly place: string
  /** Path into a JSON secret, outermost name first; empty for the whole. */
  readonly field: readonly string[]
}

/** A reference in a configuration file: `env:NAME`, `file:PATH`, `aws-sm:NAME`, `vault:MOUNT/PATH#FIELD`. */
export const SECRET_REFERENCE =
  /^(?:env:[A-Za-z_]\w*(?:#[\w.-]+)?|file:.+|aws-sm:[\w/+=.@:-]{1,2048}(?:#[\w.-]+)?|vault:[\w-]+(?:\/[\w.-]+)+(?:#[\w.-]+)?)$/

/**
 * Takes a reference apart: `aws-sm:prod/llm#openai.key` is the field `key` of `openai` in the secret `prod/llm`. A bare
 * name belongs to `defaultScheme`. A path of `file:` is taken as it is, `#` included.
 *
 * @throws SecretError `invalid-reference`.
 */
export function parseSecretReference(reference: string, defaultScheme?: string): SecretReference {
  const whole = reference.includes(':') || defaultScheme === undefined ? reference : `${defaultScheme}:${reference}`
  // A path upwards would leave the mount that a policy allows.
  if (!SECRET_REFERENCE.test(whole) || (whole.startsWith('vault:') && /\/\.\.?(?:\/|#|$)/.test(whole))) {
    // Perhaps somebody wrote the key itself: it is not repeated.
    throw new SecretError(
      'invalid-reference',
      'A secret is named env:NAME, file:PATH, aws-sm:NAME or vault:MOUNT/PATH#FIELD.',
    )
  }
  const colon = whole.indexOf(':')
  const scheme = whole.slice(0, colon)
  const rest = whole.slice(colon + 1)
  const hash = scheme === 'file' ? -1 : rest.lastIndexOf('#')
  if (hash < 0) return { scheme, place: rest, field: [] }
  return { scheme, place: rest.slice(0, hash), field: rest.slice(hash + 1).split('.') }
}

/**
 * The field of a JSON secret as text.
 *
 * @throws SecretError `no-field` when the secret is no JSON object or has no such text or number.
 */
export function selectField(text: string, { field }: SecretReference, reference: string): string {
  if (field.length === 0) return text
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new SecretError('no-field', `The secret at ${reference} is no JSON and has no fields.`)
  }
  for (const name of field) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined
  }
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw new SecretError('no-field', `The secret at ${reference} has no such field.`)
}
