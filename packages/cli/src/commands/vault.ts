import { type Installation, openVault, personOf, pseudonymOf, vaultEntry } from '@sallyport/gateway'
import type { Vault } from 'sallyport/vault'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type InstallationOptions, withInstallation } from '../with-installation.ts'

export interface ListVaultOptions extends InstallationOptions {
  readonly json?: boolean
}

export interface DeleteVaultOptions extends InstallationOptions {
  readonly key?: string
  readonly subject?: string
  readonly conversation?: string
  readonly all?: boolean
}

/** `sallyport vault list`: how many values are kept, of whom, and how long. Never the values. */
export async function listVault(options: ListVaultOptions, terminal: Terminal): Promise<ExitCode> {
  return withVault(options, terminal, async (vault) => {
    for (const entry of (await vault.count()).map(vaultEntry)) {
      if (options.json) {
        terminal.out.write(`${JSON.stringify(entry)}\n`)
        continue
      }
      const counts = Object.entries(entry.entities).map(([entity, count]) => `${count} ${entity}`)
      const whose = [entry.key, entry.user, `conversation ${entry.conversation}`].filter(Boolean).join('  ')
      terminal.out.write(`${whose}  until ${entry.expiresAt}  ${counts.join(', ')}\n`)
    }
  })
}

/** `sallyport vault delete`: forgets the values of a key, a person or a conversation. */
export async function deleteVault(options: DeleteVaultOptions, terminal: Terminal): Promise<ExitCode> {
  const { key, subject, conversation, all } = options
  if (!all && key === undefined && subject === undefined && conversation === undefined)
    throw new UsageError('Say what is meant: --subject, --conversation, --key, or --all.')
  if (all && (key ?? subject ?? conversation) !== undefined)
    throw new UsageError('--all goes alone: with another option it would say two things.')
  return withVault(options, terminal, async (vault, installation) => {
    const deleted = await vault.delete({
      ...(key !== undefined && { tenant: installation.keys.ownerOf(key) }),
      ...(subject !== undefined && { subject: subjectOf(subject, key, installation) }),
      ...(conversation !== undefined && { conversation }),
    })
    terminal.err.write(`Deleted ${deleted} ${deleted === 1 ? 'value' : 'values'}.\n`)
  })
}

/** The vault lies in the data folder, whatever database holds the rest, and one process at a time may have it. */
async function withVault(
  options: InstallationOptions,
  terminal: Terminal,
  use: (vault: Vault, installation: Installation) => Promise<void>,
): Promise<ExitCode> {
  await withInstallation(
    options,
    terminal,
    async (installation) => {
      const vault = openVault(installation)
      try {
        await use(vault, installation)
      } finally {
        vault.close()
      }
    },
    { alone: true },
  )
  return EXIT.done
}

/** A person is named as in events, or as the service behind a key names them. */
function subjectOf(subject: string, key: string | undefined, { keys, installationKey }: Installation): string {
  if (/^user_[\w-]{22}$/.test(subject)) return subject
  if (key === undefined)
    throw new UsageError(
      '--subject takes user_… as in events; the name that a service uses needs --key with its key id.',
    )
  return pseudonymOf(installationKey, personOf(keys.ownerOf(key), subject))
}
