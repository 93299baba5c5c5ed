import { SecretError } from '../secret-error.ts'
import type { SecretSource } from '../secret-source.ts'

export interface AwsOptions {
  /** Default: what the SDK finds, e.g. `AWS_REGION`. */
  readonly region?: string
  /** Another address than AWS's own, for tests and private endpoints. */
  readonly endpoint?: string
}

interface SecretValue {
  readonly SecretString?: string
  readonly SecretBinary?: Uint8Array
}

interface AwsClient {
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<SecretValue>
}

/** The parts of `@aws-sdk/client-secrets-manager` that are used. */
export interface AwsSdk {
  readonly SecretsManagerClient: new (config: AwsOptions) => AwsClient
  readonly GetSecretValueCommand: new (input: { readonly SecretId: string; readonly VersionStage: string }) => object
}

const SDK = '@aws-sdk/client-secrets-manager'

/**
 * Secrets of AWS Secrets Manager: `aws-sm:NAME`, `aws-sm:NAME#FIELD`, or an ARN. The AWS SDK is loaded at first use and is
 * not among our dependencies: with it come roles, profiles and single sign-on. `load` is for tests and bundlers.
 */
export function awsSource(options: AwsOptions = {}, load: () => Promise<AwsSdk> = loadSdk): SecretSource {
  let loaded: Promise<{ readonly sdk: AwsSdk; readonly client: AwsClient }> | undefined
  const connect = async () => {
    const sdk = await load()
    return { sdk, client: new sdk.SecretsManagerClient(options) }
  }
  return {
    scheme: 'aws-sm',
    read: async (name, signal) => {
      const { sdk, client } = await (loaded ??= connect().catch((error: unknown) => {
        loaded = undefined
        throw error
      }))
      let value: SecretValue
      try {
        // AWS's default, said aloud: a rotation is done once its version bears this stage.
        const command = new sdk.GetSecretValueCommand({ SecretId: name, VersionStage: 'AWSCURRENT' })
        value = await client.send(command, { abortSignal: signal })
      } catch (error) {
        const fault = error instanceof Error ? error.name : ''
        // Marked for deletion: gone for those who ask.
        if (fault === 'ResourceNotFoundException' || fault === 'InvalidRequestException') {
          throw new SecretError('not-found', `There is no secret at aws-sm:${name}.`)
        }
        const word = /^[A-Za-z]{1,60}$/.test(fault) ? ` (${fault})` : ''
        throw new SecretError('unavailable', `AWS Secrets Manager cannot be asked for aws-sm:${name}${word}.`)
      }
      if (value.SecretString !== undefined) return value.SecretString
      if (value.SecretBinary !== undefined) return new TextDecoder().decode(value.SecretBinary)
      throw new SecretError('not-found', `There is no secret at aws-sm:${name}.`)
    },
  }
}

async function loadSdk(): Promise<AwsSdk> {
  try {
    // The name in a variable: compilers and bundlers must not insist on a package most installations do not have.
    const name: string = SDK
    return (await import(name)) as AwsSdk
  } catch {
    throw new SecretError('unavailable', `Secrets at aws-sm: need the package ${SDK}: npm install ${SDK}`)
  }
}
