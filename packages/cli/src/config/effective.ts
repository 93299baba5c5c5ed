import { configFromEnvironment, environmentOrigins, maskConfig } from '@sallyport/gateway'
import { mergeGuardPolicy, presets } from 'sallyport'
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
  const value = await maskConfig({ ...policy, guards: merged, gateway })
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
