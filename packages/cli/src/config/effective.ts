import { configFromEnvironment, environmentOrigins } from '@sallyport/gateway'
import { createShield, mergeGuardPolicy, presets } from 'sallyport'
import { locateValues, renderConfig } from 'sallyport/config'
import type { ConfigFile } from '../load-config.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface EffectiveSource {
  /** What the file says, defaults filled in. */
  readonly config: ConfigFile
  readonly text: string
  /** How the file is called in remarks. */
  readonly name: string
  readonly environment: Environment
}

/**
 * The configuration as it would run, as YAML, with the origin of each value behind it. What looks like a secret is
 * masked; of a secret's place it says whether there is something.
 *
 * @throws ConfigurationError when a variable has a bad value.
 */
export async function renderEffective({ config, text, name, environment }: EffectiveSource): Promise<string> {
  const { gateway: fileGateway, guards, ...policy } = config
  const gateway = configFromEnvironment(fileGateway, environment)
  const fromPreset = presets[config.preset]
  const ids = [...new Set([...Object.keys(fromPreset), ...Object.keys(guards)])]
  const merged = Object.fromEntries(
    ids.map((id) => [id, withoutEmpty(mergeGuardPolicy(fromPreset[id] ?? {}, guards[id] ?? {}))]),
  )
  const value = await masked({ ...policy, guards: merged, gateway })
  const lines = locateValues(text)
  const variables = environmentOrigins(fileGateway, environment)
  return renderConfig(value, (path) => {
    const variable = variableOf(path, variables)
    if (variable !== undefined) return `environment ${variable}${presence(path, gateway, environment)}`
    const line = lines.get(path)
    if (line !== undefined) return `${name}:${line}${presence(path, gateway, environment)}`
    return path.startsWith('guards.') ? `preset ${config.preset}` : 'default'
  })
}

function withoutEmpty(policy: object): object {
  return Object.fromEntries(
    Object.entries(policy).filter(([, value]) => typeof value !== 'object' || Object.keys(value as object).length > 0),
  )
}

/** The variable a value of the gateway came from; a variable that makes a whole entry makes all below it. */
function variableOf(path: string, variables: ReadonlyMap<string, string>): string | undefined {
  for (const [prefix, variable] of variables) {
    const full = `gateway.${prefix}`
    if (path === full || path.startsWith(`${full}.`)) return variable
  }
  return undefined
}

/** For the place of an upstream's key: whether there is a key. */
function presence(path: string, gateway: ConfigFile['gateway'], environment: Environment): string {
  const index = /^gateway\.upstreams\.(\d+)\.apiKey$/.exec(path)?.[1]
  const reference = index === undefined ? undefined : gateway.upstreams[Number(index)]?.apiKey
  if (reference === undefined || !reference.startsWith('env:')) return ''
  return environment[reference.slice(4)] ? ' (set)' : ' (not set)'
}

const MASK = '********'
const SECRET_NAME = /secret|password|passphrase|token$|api_?key|canar/i
const REFERENCE = /^(?:env|file|vault|aws-sm):/

/** A secret has no business in the file; if one got there all the same, it is not shown again. */
async function masked(value: unknown): Promise<unknown> {
  const shield = createShield('recommended')
  const clean = async (each: unknown, name: string): Promise<unknown> => {
    if (Array.isArray(each)) return Promise.all(each.map((item) => clean(item, name)))
    if (typeof each === 'object' && each !== null) {
      const entries = await Promise.all(
        Object.entries(each).map(async ([key, inner]) => [key, await clean(inner, key)]),
      )
      return Object.fromEntries(entries) as unknown
    }
    if (typeof each !== 'string' || REFERENCE.test(each)) return each
    if (SECRET_NAME.test(name)) return MASK
    const { findings } = await shield.check({ text: each, stage: 'output' })
    return findings.some(({ guard }) => guard === 'secrets') ? MASK : each
  }
  return clean(value, '')
}
