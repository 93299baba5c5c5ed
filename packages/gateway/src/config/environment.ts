import { z } from 'zod'
import { ConfigurationError } from '../configuration-error.ts'
import { isKey } from '../identity/key-format.ts'
import { allOf } from './all-of.ts'
import { gatewayConfigSchema, upstreamSchema } from './gateway-config.ts'
import type { GatewayConfig, GatewayConfigInput } from './gateway-config.ts'

/** What the environment says on top of the configuration file. */
export interface BootstrapKeys {
  readonly admin?: string
  readonly client?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Completes the `gateway:` part of a configuration file with the environment: `SALLYPORT_PORT`, `SALLYPORT_HOST`,
 * `SALLYPORT_TLS_CERT`, `SALLYPORT_TLS_KEY` and `SALLYPORT_DATA` win over the file; `OPENAI_BASE_URL` (with the key in `OPENAI_API_KEY`) adds an upstream named
 * `openai` that takes every model no other upstream names; `ALLOWED_MODELS` (comma-separated) and `MAX_TOKENS` (100 to
 * 128000) stand for `allowedModels` and `maxTokens`; `SALLYPORT_DATABASE_URL` and `SALLYPORT_INSTALLATION_KEY` are where
 * `storage.database` and `storage.installationKey` are found.
 *
 * @throws ConfigurationError when variables have bad values: a line for each, that names the variable, never the value.
 */
export function configFromEnvironment(file: GatewayConfigInput, environment: Environment): GatewayConfig {
  const [port, tls, baseUrl, named, most, requestsPerMinute, metricsPort] = allOf([
    () => portOf('SALLYPORT_PORT', environment),
    () => tlsOf(file, environment),
    () => baseUrlOf(environment),
    () => allowedModelsOf(environment),
    () => maxTokensOf(environment),
    () => requestsPerMinuteOf(environment),
    () => portOf('SALLYPORT_METRICS_PORT', environment),
  ])
  const listen = { ...file.listen }
  if (port !== undefined) listen.port = port
  const host = present(environment['SALLYPORT_HOST'])
  if (host !== undefined) listen.host = host
  if (tls !== undefined) listen.tls = tls
  const dataDir = present(environment['SALLYPORT_DATA']) ?? file.dataDir
  const upstreams = [...(file.upstreams ?? [])]
  if (baseUrl !== undefined && upstreams.every((upstream) => upstream.name !== 'openai')) {
    const apiKey = present(environment['OPENAI_API_KEY']) === undefined ? {} : { apiKey: 'env:OPENAI_API_KEY' }
    upstreams.push({ name: 'openai', baseUrl, models: ['*'], ...apiKey })
  }
  const allowedModels = named ?? file.allowedModels
  const maxTokens = most ?? file.maxTokens
  const storage = storageOf(environment)
  const parsed = gatewayConfigSchema.safeParse({
    ...file,
    listen,
    upstreams,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(allowedModels === undefined ? {} : { allowedModels }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(storage === undefined ? {} : { storage: { ...file.storage, ...storage } }),
    ...(metricsPort === undefined ? {} : { metrics: { ...file.metrics, port: metricsPort } }),
    ...(requestsPerMinute === undefined
      ? {}
      : { rateLimits: { ...file.rateLimits, key: { ...file.rateLimits?.key, requestsPerMinute } } }),
  })
  if (!parsed.success) throw new ConfigurationError(z.prettifyError(parsed.error))
  return parsed.data
}

function portOf(name: string, environment: Environment): number | undefined {
  const value = present(environment[name])
  if (value === undefined) return undefined
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw new ConfigurationError(`${name} must be a port number from 0 to 65535.`)
}

function baseUrlOf(environment: Environment): string | undefined {
  const value = present(environment['OPENAI_BASE_URL'])
  if (value === undefined || upstreamSchema.shape.baseUrl.safeParse(value).success) return value
  throw new ConfigurationError('OPENAI_BASE_URL must be an http:// or https:// URL without user name and query.')
}

/** Either variable may stand for what the file says; both are needed when it says nothing. */
function tlsOf(file: GatewayConfigInput, environment: Environment): NonNullable<GatewayConfigInput['listen']>['tls'] {
  const cert = present(environment['SALLYPORT_TLS_CERT']) ?? file.listen?.tls?.cert
  const key = present(environment['SALLYPORT_TLS_KEY']) ?? file.listen?.tls?.key
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    throw new ConfigurationError(
      'TLS needs a certificate and a key: set both SALLYPORT_TLS_CERT and SALLYPORT_TLS_KEY.',
    )
  return { ...file.listen?.tls, cert, key }
}

function allowedModelsOf(environment: Environment): string[] | undefined {
  const value = present(environment['ALLOWED_MODELS'])
  if (value === undefined) return undefined
  const names = value.split(',').map((name) => name.trim())
  if (gatewayConfigSchema.shape.allowedModels.safeParse(names).success) return names
  throw new ConfigurationError('ALLOWED_MODELS must be model names with commas between them.')
}

function maxTokensOf(environment: Environment): number | undefined {
  const value = present(environment['MAX_TOKENS'])
  if (value === undefined) return undefined
  const tokens = /^\d{1,9}$/.test(value) ? Number(value) : 0
  if (tokens >= 100 && tokens <= 128_000) return tokens
  throw new ConfigurationError('MAX_TOKENS must be a number from 100 to 128000.')
}

function requestsPerMinuteOf(environment: Environment): number | undefined {
  const value = present(environment['RATE_LIMIT_RPM'])
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new ConfigurationError('RATE_LIMIT_RPM must be a whole number from 1.')
}

/** Places, not values: what is in the variables is read when it is needed and never part of a configuration. */
function storageOf(environment: Environment): GatewayConfigInput['storage'] {
  const database = present(environment['SALLYPORT_DATABASE_URL'])
  const installationKey = present(environment['SALLYPORT_INSTALLATION_KEY'])
  if (database === undefined && installationKey === undefined) return undefined
  return {
    ...(database === undefined ? {} : { database: 'env:SALLYPORT_DATABASE_URL' }),
    ...(installationKey === undefined ? {} : { installationKey: 'env:SALLYPORT_INSTALLATION_KEY' }),
  }
}

/** Which values of a completed configuration came from which variable: dotted path (and all below it) to name. */
export function environmentOrigins(file: GatewayConfigInput, environment: Environment): ReadonlyMap<string, string> {
  const origins = new Map<string, string>()
  for (const [name, path] of SIMPLE) if (present(environment[name]) !== undefined) origins.set(path, name)
  const upstreams = file.upstreams ?? []
  if (present(environment['OPENAI_BASE_URL']) !== undefined && upstreams.every(({ name }) => name !== 'openai')) {
    origins.set(`upstreams.${upstreams.length}`, 'OPENAI_BASE_URL')
  }
  return origins
}

const SIMPLE = [
  ['SALLYPORT_PORT', 'listen.port'],
  ['SALLYPORT_HOST', 'listen.host'],
  ['SALLYPORT_TLS_CERT', 'listen.tls.cert'],
  ['SALLYPORT_TLS_KEY', 'listen.tls.key'],
  ['SALLYPORT_DATA', 'dataDir'],
  ['SALLYPORT_METRICS_PORT', 'metrics.port'],
  ['ALLOWED_MODELS', 'allowedModels'],
  ['MAX_TOKENS', 'maxTokens'],
  ['RATE_LIMIT_RPM', 'rateLimits.key.requestsPerMinute'],
  ['SALLYPORT_DATABASE_URL', 'storage.database'],
  ['SALLYPORT_INSTALLATION_KEY', 'storage.installationKey'],
] as const

/**
 * Keys given from outside instead of made at first start.
 *
 * @throws ConfigurationError when one is no key of ours; the message never holds it.
 */
export function bootstrapKeysFromEnvironment(environment: Environment): BootstrapKeys {
  const [admin, client] = allOf([
    () => bootstrapKey('SALLYPORT_BOOTSTRAP_ADMIN_KEY', 'admin', environment),
    () => bootstrapKey('SALLYPORT_BOOTSTRAP_CLIENT_KEY', 'client', environment),
  ])
  return { ...(admin === undefined ? {} : { admin }), ...(client === undefined ? {} : { client }) }
}

function bootstrapKey(name: string, role: 'admin' | 'client', environment: Environment): string | undefined {
  const key = present(environment[name])
  if (key === undefined || isKey(key, role)) return key
  throw new ConfigurationError(`${name} must be sp-${role}- and ${KEY_RULE}.`)
}

/** Everything that is wrong with the variables, each in words that name it; `file` as far as it is valid. */
export function environmentFaults(file: GatewayConfigInput, environment: Environment): readonly string[] {
  try {
    allOf([() => configFromEnvironment(file, environment), () => bootstrapKeysFromEnvironment(environment)])
    return []
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n')
    throw error
  }
}

const KEY_RULE = '32 to 128 random letters, digits, dashes or underscores'

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim()
}
