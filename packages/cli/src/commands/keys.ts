import { ConfigurationError, type DataFolder, openDataFolder } from '@sallyport/gateway'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface KeyOptions {
  readonly role?: 'admin' | 'client'
  readonly name?: string
  readonly data?: string
  readonly json?: boolean
}

/** `sallyport keys create`: a new key, printed once. This is also how a lost admin key is replaced. */
export async function createKey(options: KeyOptions, terminal: Terminal): Promise<ExitCode> {
  return withFolder(options, terminal, ({ keys }) => {
    const role = options.role ?? 'client'
    const { key, info } = keys.create(options.name ?? `${role} made on the command line`, role)
    terminal.err.write(`Created ${info.id} (${role}). The key is shown only now:\n`)
    terminal.out.write(`${key}\n`)
  })
}

/** `sallyport keys list`. */
export async function listKeys(options: KeyOptions, terminal: Terminal): Promise<ExitCode> {
  return withFolder(options, terminal, ({ keys }) => {
    for (const info of keys.list()) {
      if (options.json) {
        terminal.out.write(`${JSON.stringify(info)}\n`)
        continue
      }
      const state = info.revokedAt ? `revoked ${info.revokedAt}` : `created ${info.createdAt}`
      terminal.out.write(`${info.id}  ${info.role.padEnd(6)}  ${state}  ${info.name}\n`)
    }
  })
}

/** `sallyport keys revoke ID`. */
export async function revokeKey(id: string, options: KeyOptions, terminal: Terminal): Promise<ExitCode> {
  return withFolder(options, terminal, ({ keys }) => {
    if (!keys.revoke(id))
      throw new UsageError('There is no such key, or it is revoked already: see "sallyport keys list".')
    terminal.err.write(`Revoked ${id}.\n`)
  })
}

/** The data folder belongs to one process at a time: while the gateway runs, its console manages the keys. */
async function withFolder(
  options: KeyOptions,
  terminal: Terminal,
  use: (folder: DataFolder) => void,
): Promise<ExitCode> {
  let folder: DataFolder
  try {
    folder = openDataFolder(options.data ?? (terminal.env['SALLYPORT_DATA'] || './data'))
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new UsageError(cause.message, { cause })
    throw cause
  }
  try {
    use(folder)
  } finally {
    folder.close()
  }
  return EXIT.done
}
