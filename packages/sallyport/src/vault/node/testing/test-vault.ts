import { randomBytes } from 'node:crypto'
import { nodeVaultCrypto } from '../node-vault-crypto.ts'
import { createVault, type Vault, type VaultOptions } from '../../vault.ts'

/** A vault with a random key. */
export function testVault(options: Partial<VaultOptions> = {}): Vault {
  return createVault({ crypto: nodeVaultCrypto(randomBytes(32)), ...options })
}
