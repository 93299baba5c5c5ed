import { backupDataFolder, ConfigurationError, restoreDataFolder } from '@sallyport/gateway'
import { type Command } from 'commander'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { findStorage, type InstallationOptions } from '../with-installation.ts'

/** Adds `sallyport backup` and `sallyport restore`. */
export function addBackupCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  program
    .command('backup')
    .description('Copy the database and the installation key into a new folder; the gateway may run meanwhile.')
    .argument('<folder>', 'folder to make')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .action(async (folder: string, options: InstallationOptions) => finish(await backup(folder, options, terminal)))
  program
    .command('restore')
    .description('Put a backup into a data folder that no gateway uses.')
    .argument('<folder>', 'folder made by "sallyport backup"')
    .option('--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)')
    .option('--config <file>', 'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)')
    .option('--replace', 'also when there is a database already')
    .action(async (folder: string, options: InstallationOptions & { readonly replace?: boolean }) =>
      finish(await restore(folder, options, terminal)),
    )
}

async function backup(folder: string, options: InstallationOptions, terminal: Terminal): Promise<ExitCode> {
  return inWords(async () => {
    const dataDir = await sqliteFolder(options, terminal)
    for (const file of await backupDataFolder(dataDir, folder)) terminal.out.write(`${file}\n`)
  })
}

async function restore(
  folder: string,
  options: InstallationOptions & { readonly replace?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  return inWords(async () => {
    const dataDir = await sqliteFolder(options, terminal)
    await restoreDataFolder(folder, dataDir, { replace: options.replace === true })
    terminal.err.write(`Restored into ${dataDir}.\n`)
  })
}

async function sqliteFolder(options: InstallationOptions, terminal: Terminal): Promise<string> {
  const { storage, dataDir } = await findStorage(options, terminal)
  if (storage.database === undefined) return dataDir
  throw new UsageError(
    `Keys and usage are in PostgreSQL: back them up with pg_dump --schema=${storage.schema} and put them back with pg_restore, as docs/running.md says.`,
  )
}

async function inWords(work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work()
    return EXIT.done
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new UsageError(cause.message, { cause })
    throw cause
  }
}
