import { type Check, notApplicable, pass, warn } from '../item.ts'

/** Where the keys of the upstreams come from. */
export const secretsManager: Check = {
  id: 'secrets-manager',
  run: ({ config }) => {
    if (config === undefined) return notApplicable('No configuration was looked at.')
    const keys = config.upstreams.flatMap(({ name, apiKey }) =>
      apiKey === undefined ? [] : [{ name, scheme: apiKey.slice(0, apiKey.indexOf(':')) }],
    )
    if (keys.length === 0) return notApplicable('No upstream needs a key.')
    const plain = keys.filter(({ scheme }) => scheme === 'env' || scheme === 'file')
    if (plain.length === 0)
      return pass(`The keys of ${keys.map(({ name }) => name).join(', ')} come from a secrets manager.`)
    return warn(
      `Keys come from the environment or a file, as is fine while developing: ${plain.map(({ name, scheme }) => `${name} (${scheme})`).join(', ')}.`,
    )
  },
}
