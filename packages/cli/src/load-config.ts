import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { configDetailSchema, configFileSchema } from '@sallyport/gateway'
import { type ConfigProblem, parseConfig } from 'sallyport/config'
import { createShield, type PolicyInput, SallyportError } from 'sallyport'
import { UsageError } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** What a configuration file says, every default filled in. */
export type ConfigFile = ReturnType<typeof configFileSchema.parse>

export type LoadedConfig =
  | { readonly ok: true; readonly value: ConfigFile }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] }

/**
 * The configuration file that is meant: a named one must exist; `sallyport.yaml` in the current folder is used when it
 * is there.
 */
export function findConfig(named: string | undefined, { env }: Terminal): string | undefined {
  const asked = named ?? (env['SALLYPORT_CONFIG'] || undefined)
  const file = resolve(asked ?? 'sallyport.yaml')
  if (existsSync(file)) return file
  if (asked === undefined) return undefined
  throw new UsageError(
    `The configuration file ${file} does not exist. Mend its name (--config, SALLYPORT_CONFIG), or create it with "sallyport init".`,
  )
}

export async function readConfigText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new UsageError(`The configuration file ${file} cannot be read: ${code}.`, { cause })
  }
}

/** Parses a configuration and compiles its policy, so that every problem there is shows now. */
export function loadConfig(text: string): LoadedConfig {
  const detailed = parseConfig(text, configDetailSchema)
  if (!detailed.ok) return detailed
  const parsed = parseConfig(text, configFileSchema)
  if (!parsed.ok) return parsed
  const { gateway: _, ...policy } = parsed.value
  try {
    createShield(policy as PolicyInput)
  } catch (error) {
    if (!SallyportError.isInstance(error)) throw error
    return {
      ok: false,
      problems: error.message.split('\n').map((message) => ({ path: '', line: 1, column: 1, message })),
    }
  }
  return parsed
}
