import { Secret } from '../secret.ts'
import { SecretError } from '../secret-error.ts'
import { createSecretsManager } from '../secrets-manager.ts'
import type { SecretsManager, SecretsManagerOptions } from '../secrets-manager.ts'
import type { SecretSource } from '../secret-source.ts'
import { awsSource } from '../sources/aws-source.ts'
import { environmentSource } from '../sources/environment-source.ts'
import { vaultSource } from '../sources/vault-source.ts'
import { fileSource } from './file-source.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The secrets manager for where this process runs: every kind of reference works everywhere, and a bare name such as
 * `OPENAI_API_KEY` is looked up in AWS Secrets Manager when `DEPLOYMENT_ENV` is `production`, else in the environment.
 * `VAULT_ADDR`, `VAULT_TOKEN` and `VAULT_NAMESPACE` are read as Vault's own tools read them, `AWS_…` by the AWS SDK.
 *
 * @example
 * const secrets = secretsManagerFor()
 * const apiKey = await secrets.getSecret('OPENAI_API_KEY')
 */
export function secretsManagerFor(
  environment: Environment = process.env,
  options: Omit<SecretsManagerOptions, 'sources' | 'defaultScheme'> = {},
): SecretsManager {
  const defaultScheme = environment['DEPLOYMENT_ENV'] === 'production' ? 'aws-sm' : 'env'
  return createSecretsManager({ ...options, defaultScheme, sources: nodeSources(environment) })
}

/** All sources a server has: environment, files, AWS and, if `VAULT_ADDR` is set, Vault. */
export function nodeSources(environment: Environment = process.env): readonly SecretSource[] {
  const address = environment['VAULT_ADDR']
  const namespace = environment['VAULT_NAMESPACE']
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION']
  const endpoint = environment['AWS_ENDPOINT_URL_SECRETS_MANAGER'] ?? environment['AWS_ENDPOINT_URL']
  return [
    environmentSource(environment),
    fileSource(),
    awsSource({ ...(region === undefined ? {} : { region }), ...(endpoint === undefined ? {} : { endpoint }) }),
    ...(address === undefined || address === ''
      ? []
      : [vaultSource({ address, token: () => tokenOf(environment), ...(namespace ? { namespace } : {}) })]),
  ]
}

function tokenOf(environment: Environment): Secret {
  const token = environment['VAULT_TOKEN']
  if (token === undefined || token === '') throw new SecretError('unavailable', 'VAULT_TOKEN is not set.')
  return new Secret(token)
}
