import { ACTIONS, allGuards, createShield } from 'sallyport'
import type { Shield } from 'sallyport'

const MASK = '********'
const SECRET_NAME = /secret|password|passphrase|token$|api_?key|canar/i
/** A rule may be called after secrets (`secret-to-sink: block`); what it does is none. */
const ACTION_WORDS: ReadonlySet<string> = new Set([...ACTIONS, 'off'])
const REFERENCE = /^(?:env|file|vault|aws-sm):/

/** A configuration with what looks like a secret masked: it has no business there, but if one got in, it is not shown again. */
export async function maskConfig(value: unknown): Promise<unknown> {
  const shield = secretsShield()
  const clean = async (each: unknown, name: string): Promise<unknown> => {
    if (Array.isArray(each)) return Promise.all(each.map((item) => clean(item, name)))
    if (typeof each === 'object' && each !== null) {
      const entries = await Promise.all(
        Object.entries(each).map(async ([key, inner]) => [key, await clean(inner, key)]),
      )
      return Object.fromEntries(entries) as unknown
    }
    if (typeof each !== 'string' || REFERENCE.test(each) || ACTION_WORDS.has(each)) return each
    if (SECRET_NAME.test(name)) return MASK
    const { findings } = await shield.check({ text: each, stage: 'output' })
    return findings.some(({ guard }) => guard === 'secrets') ? MASK : each
  }
  return clean(value, '')
}

/** The one guard that is needed here: all of them take long to compile. */
function secretsShield(): Shield {
  const others = allGuards.filter(({ meta }) => meta.id !== 'secrets')
  return createShield({
    preset: 'recommended',
    guards: Object.fromEntries(others.map(({ meta }) => [meta.id, { enabled: false }])),
  })
}
