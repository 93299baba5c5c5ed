import { ConfigurationError } from '../configuration-error.ts'

/**
 * Takes every look, also when one before it failed, so that all that is wrong is said at once.
 *
 * @throws ConfigurationError with the messages of all, a line each.
 */
export function allOf<Values extends readonly unknown[]>(looks: {
  readonly [At in keyof Values]: () => Values[At]
}): Values {
  const faults: string[] = []
  const values = looks.map((look) => {
    try {
      return look()
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error
      faults.push(error.message)
      return undefined
    }
  })
  if (faults.length > 0) throw new ConfigurationError(faults.join('\n'))
  return values as unknown as Values
}
