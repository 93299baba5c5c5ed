import { fail, type Check, notApplicable, type Outcome, pass, warn } from '../item.ts'
import { places, worstOf } from '../judge.ts'

export const poisoning: Check = {
  id: 'llm05-poisoning',
  run: ({ config, source }) => {
    const outcomes: Outcome[] = []
    if (config !== undefined) {
      const open =
        config.allowedModels === undefined ? config.upstreams.filter(({ models }) => models.includes('*')) : []
      outcomes.push(
        open.length > 0
          ? warn(
              `Any model of ${open.map(({ name }) => name).join(', ')} may be named, also one that nobody looked at.`,
            )
          : pass('Only models that the configuration names can be used.'),
      )
    }
    if (source !== undefined) {
      const found = source.findings.filter(
        ({ rule, level }) => (rule === 'hidden-text' || rule === 'hidden-comment') && level === 'error',
      )
      outcomes.push(
        found.length > 0
          ? fail(`Hidden text at ${places(found)}.`)
          : pass(`No hidden text in ${source.filesScanned} files.`),
      )
    }
    return outcomes.length === 0
      ? notApplicable('Neither a configuration nor a source tree was given.')
      : worstOf(outcomes)
  },
}
