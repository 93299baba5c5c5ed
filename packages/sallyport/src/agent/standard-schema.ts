/**
 * The part of Standard Schema v1 (standardschema.dev) the agent reads. zod 4, valibot, arktype and others have it, so
 * their schemas fit without an adapter.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] }

export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** Where an issue lies: property names and list indexes from the root. */
export function issuePath(issue: SchemaIssue): PropertyKey[] {
  return (issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step))
}

/**
 * `suggestions.2: Has more than 500 characters.`, the form of a reason. Reasons reach logs, so they hold the words of zod or
 * of the schema's author, never the value's; other libraries quote values, and of theirs only the place is told.
 */
export function reasonOf(issue: SchemaIssue, schema: StandardSchema): string {
  return described(issue, schema['~standard'].vendor === 'zod' ? messageOf(issue) : 'Does not fit.')
}

/** The same for the model that wrote the value: all the schema says about it. */
export function hintOf(issue: SchemaIssue): string {
  return described(issue, messageOf(issue))
}

function described(issue: SchemaIssue, message: string): string {
  const path = issuePath(issue).map(shown).join('.')
  return path === '' ? message : `${path}: ${message}`
}

function messageOf(issue: SchemaIssue & { readonly code?: unknown }): string {
  return issue.code === 'unrecognized_keys' ? 'Unknown properties.' : issue.message
}

/** In a record the names are the model's text; only what looks like a short name is repeated. */
function shown(key: PropertyKey): string {
  const name = String(key)
  return /^[\w$-]{1,32}$/.test(name) ? name : '?'
}
