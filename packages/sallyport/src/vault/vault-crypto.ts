/**
 * What the vault needs of cryptography: a keyed digest and authenticated encryption, both synchronous, as gates are.
 * `nodeVaultCrypto` of `sallyport/vault/node` is the one to use on Node.
 */
export interface VaultCrypto {
  /** HMAC-SHA-256 over the parts, which must not run together: `['ab', 'c']` and `['a', 'bc']` differ. 32 bytes. */
  digest(purpose: string, parts: readonly string[]): Uint8Array
  /** Encrypts under a key of its own for each scope. `bound` must be the same when it is opened. */
  seal(scope: string, text: string, bound: readonly string[]): Uint8Array
  /** Undefined when the bytes were not sealed for this scope and these words. */
  unseal(scope: string, sealed: Uint8Array, bound: readonly string[]): string | undefined
}
