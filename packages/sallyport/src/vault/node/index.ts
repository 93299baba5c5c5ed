export { nodeVaultCrypto } from './node-vault-crypto.ts'
