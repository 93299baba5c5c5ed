import type { Command } from 'commander'
import type { ExitCode } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { deleteVault, type DeleteVaultOptions, listVault, type ListVaultOptions } from './vault.ts'

/** Adds `sallyport vault …`. */
export function addVaultCommands(program: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  const vault = program
    .command('vault')
    .description('Values that placeholders stand for. Stop the gateway first, or use DELETE /admin/api/vault.')
  const DATA = ['--data <folder>', 'data folder (SALLYPORT_DATA; default ./data)'] as const
  const CONFIG = [
    '--config <file>',
    'configuration file (SALLYPORT_CONFIG; default ./sallyport.yaml if it exists)',
  ] as const
  vault
    .command('list')
    .description('Count what is kept, by conversation and entity. Values are never shown.')
    .option('--json', 'one JSON object a line')
    .option(...DATA)
    .option(...CONFIG)
    .action(async (options: ListVaultOptions) => finish(await listVault(options, terminal)))
  vault
    .command('delete')
    .description('Delete what fits all options given. Its placeholders can never be undone again.')
    .option('--subject <person>', 'user_… as in events, or with --key the name the service uses')
    .option('--conversation <name>', 'name of the conversation, as in x-sallyport-conversation')
    .option('--key <id>', 'id of the client key')
    .option('--all', 'everything')
    .option(...DATA)
    .option(...CONFIG)
    .action(async (options: DeleteVaultOptions) => finish(await deleteVault(options, terminal)))
}
