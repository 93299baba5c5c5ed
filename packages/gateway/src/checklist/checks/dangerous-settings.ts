import { fail, type Check, notApplicable, pass, warn } from '../item.ts'

export const dangerousSettings: Check = {
  id: 'dangerous-settings',
  run: ({ risks }) => {
    if (risks === undefined) return notApplicable('Settings are judged on the command line: sallyport config check.')
    const high = risks.filter(({ grade }) => grade === 'high')
    if (high.length > 0) return fail(`${high.map(({ code, path }) => `${code} (${path})`).join(', ')}.`)
    if (risks.length > 0) return warn(`${risks.map(({ code, path }) => `${code} (${path})`).join(', ')}.`)
    return pass('No setting that a reviewer would ask about.')
  },
}
