export { checkKeyFormat, KEY_PROVIDERS, type KeyCheck } from './check-key-format.ts'
export { Secret } from './secret.ts'
export { SecretError, type SecretErrorCode } from './secret-error.ts'
export { parseSecretReference, SECRET_REFERENCE, type SecretReference } from './secret-reference.ts'
export type { SecretSource } from './secret-source.ts'
export {
  createSecretsManager,
  type Rotation,
  type SecretsManager,
  type SecretsManagerOptions,
} from './secrets-manager.ts'
export { awsSource, type AwsOptions, type AwsSdk } from './sources/aws-source.ts'
export { environmentSource } from './sources/environment-source.ts'
export { vaultSource, type VaultOptions } from './sources/vault-source.ts'
