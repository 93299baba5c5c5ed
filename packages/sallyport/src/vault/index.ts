export { memoryVaultStore } from './memory-vault-store.ts'
export { createVault, type Vault, type VaultConversation, type VaultOptions, type VaultScope } from './vault.ts'
export type { VaultCrypto } from './vault-crypto.ts'
export type { VaultCount, VaultFilter, VaultRow, VaultStore } from './vault-store.ts'
