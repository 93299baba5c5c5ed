import { join } from 'node:path'
import { createVault } from 'sallyport/vault'
import type { Vault } from 'sallyport/vault'
import { nodeVaultCrypto } from 'sallyport/vault/node'
import type { Installation } from './installation.ts'
import { sqliteVaultStore, VAULT_FILE } from './sqlite-vault-store.ts'

/** The vault of a data folder, for who holds the folder while no gateway runs. */
export function openVault({ path, installationKey }: Pick<Installation, 'path' | 'installationKey'>): Vault {
  return createVault({ crypto: nodeVaultCrypto(installationKey), store: sqliteVaultStore(join(path, VAULT_FILE)) })
}
