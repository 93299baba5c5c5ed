import { fail, type Check, type Outcome, pass } from '../item.ts'
import { withTarget, worstOf } from '../judge.ts'
import type { Answer, Target } from '../target.ts'

/** Headers of the OWASP Secure Headers Project, on the API and, where there is one, on the console's page. */
export const securityHeaders: Check = {
  id: 'security-headers',
  run: (context) =>
    withTarget(context, async (target, probes) => {
      const api = await probes.ask(`${target.prefix}/models`)
      const outcomes = [judge('the API', api, target, false)]
      if (target.kind === 'sallyport') {
        const page = await probes.ask('/', { key: null })
        if (page.status === 200) outcomes.push(judge('the console', page, target, true))
      }
      return worstOf(outcomes)
    }),
}

type Rule = readonly [name: string, isGood: (value: string) => boolean]

const EVERYWHERE: readonly Rule[] = [
  ['x-content-type-options', (value) => value.toLowerCase() === 'nosniff'],
  ['content-security-policy', (value) => /frame-ancestors\s+'(?:none|self)'/.test(value) && /default-src/.test(value)],
  ['referrer-policy', (value) => /no-referrer|same-origin|strict-origin/.test(value)],
]
const API_ONLY: readonly Rule[] = [['cache-control', (value) => /no-store/.test(value)]]
const PAGE_ONLY: readonly Rule[] = [
  [
    'content-security-policy',
    (value) => !/script-src[^;]*'unsafe-(?:inline|eval)'/.test(value) && /script-src|default-src 'none'/.test(value),
  ],
  ['cross-origin-opener-policy', (value) => value === 'same-origin'],
  ['permissions-policy', (value) => value !== ''],
]

function judge(what: string, { headers }: Answer, target: Target, isPage: boolean): Outcome {
  const rules: readonly Rule[] = [...EVERYWHERE, ...(isPage ? PAGE_ONLY : API_ONLY)]
  const isTls = target.origin.startsWith('https:')
  const bad = rules.filter(([name, isGood]) => !isGood(headers.get(name) ?? '')).map(([name]) => name)
  if (isTls && !/max-age=(?:[1-9]\d{6,})/.test(headers.get('strict-transport-security') ?? ''))
    bad.push('strict-transport-security')
  const tells = ['server', 'x-powered-by', 'x-aspnet-version'].filter((name) =>
    /\d+\.\d+|express|php/i.test(headers.get(name) ?? ''),
  )
  if (bad.length > 0) return fail(`Missing or weak on ${what}: ${[...new Set(bad)].join(', ')}.`)
  if (tells.length > 0)
    return fail(
      `${what} tells what it runs: ${tells.join(', ')}.`,
      'Leave these headers out: they only help an attacker choose.',
    )
  return pass(
    `On ${what}: ${[...new Set(rules.map(([name]) => name))].join(', ')}${isTls ? ', strict-transport-security' : ''}.`,
  )
}
