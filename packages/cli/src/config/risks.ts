import { isLoopback } from '@sallyport/gateway'
import { mergeGuardPolicy, presets } from 'sallyport'
import type { ConfigFile } from '../load-config.ts'

export const GRADES = ['low', 'medium', 'high'] as const
export type Grade = (typeof GRADES)[number]

/** A setting that is legal and dangerous. */
export interface Risk {
  readonly code: string
  readonly grade: Grade
  /** Dotted path of the setting. */
  readonly path: string
  readonly message: string
  /** What to do about it. */
  readonly fix: string
}

/** Everything in a valid configuration that a security reviewer would ask about, worst first. */
export function findRisks(config: ConfigFile, now: number): readonly Risk[] {
  const risks = [...policyRisks(config), ...exceptionRisks(config, now), ...gatewayRisks(config.gateway)]
  return risks.toSorted((a, b) => GRADES.indexOf(b.grade) - GRADES.indexOf(a.grade) || (a.path < b.path ? -1 : 1))
}

// What an attacker gains most from when it is off.
const CORE_GUARDS: ReadonlySet<string> = new Set(['prompt-injection', 'secrets', 'pii'])

function* policyRisks({ preset, guards }: ConfigFile): Generator<Risk> {
  if (preset === 'monitor') {
    yield {
      code: 'preset-monitor',
      grade: 'high',
      path: 'preset',
      message: 'The preset monitor records and stops nothing.',
      fix: 'Use it to watch before you start; then preset: recommended.',
    }
  }
  if (preset === 'everything') {
    yield {
      code: 'preset-everything',
      grade: 'low',
      path: 'preset',
      message: 'The preset everything is for measuring: it edits and blocks much that is harmless.',
      fix: 'preset: recommended, or strict.',
    }
  }
  for (const [id, policy] of Object.entries(guards)) {
    const grade = CORE_GUARDS.has(id) ? 'high' : 'medium'
    const base = presets[preset][id]
    const { enabled, actions } = mergeGuardPolicy(base ?? {}, policy)
    if (enabled === false || actions === 'off') {
      yield {
        code: 'guard-disabled',
        grade,
        path: enabled === false ? `guards.${id}.enabled` : `guards.${id}.actions`,
        message: `The guard ${id} is off at every stage.`,
        fix: 'Except what disturbs you (exceptions), or set actions: monitor, so that it is at least seen.',
      }
      continue
    }
    if (policy.actions !== undefined) yield* weakenedStages(id, policy.actions, base?.actions, grade)
    if (policy.failOpen === true) {
      yield {
        code: 'fail-open',
        grade: CORE_GUARDS.has(id) ? 'high' : 'medium',
        path: `guards.${id}.failOpen`,
        message: `When the guard ${id} fails, text passes unchecked: who can make it fail gets through.`,
        fix: 'Remove failOpen: a failed guard then refuses.',
      }
    }
  }
}

type Actions = ConfigFile['guards'][string]['actions']

/** Stages where the preset would do something and the file lets it pass. */
function* weakenedStages(id: string, actions: Actions, base: Actions, grade: Grade): Generator<Risk> {
  for (const stage of ['input', 'retrieval', 'tool-call', 'tool-result', 'output'] as const) {
    const now = at(actions, stage)
    const before = at(base, stage)
    if ((now !== 'off' && now !== 'monitor') || before === undefined || !isEnforced(before)) continue
    yield {
      code: 'guard-weakened',
      grade: now === 'off' ? grade : 'medium',
      path: typeof actions === 'object' && stage in actions ? `guards.${id}.actions.${stage}` : `guards.${id}.actions`,
      message: `The guard ${id} stops nothing at the stage ${stage} (${now}).`,
      fix: 'Leave the stage to the preset once you have watched long enough.',
    }
    if (typeof actions === 'string') return
  }
}

function at(actions: Actions, stage: string): unknown {
  if (typeof actions !== 'object' || 'monitor' in actions || 'redact' in actions) return actions
  return (
    (actions as Readonly<Record<string, unknown>>)[stage] ??
    ('block' in actions || 'review' in actions ? actions : undefined)
  )
}

function isEnforced(action: unknown): boolean {
  if (typeof action === 'string') return action !== 'off' && action !== 'monitor'
  return typeof action === 'object' && action !== null && Object.keys(action).some((step) => step !== 'monitor')
}

const YEAR_MS = 366 * 86_400_000

function* exceptionRisks({ exceptions }: ConfigFile, now: number): Generator<Risk> {
  for (const [index, { guard, code, route, key, fingerprint, expires }] of exceptions.entries()) {
    const path = `exceptions.${index}`
    const end = Date.parse(expires)
    if (end + 86_400_000 < now) {
      yield {
        code: 'exception-expired',
        grade: 'low',
        path,
        message: 'The exception has expired and does nothing.',
        fix: 'Remove it.',
      }
      continue
    }
    if (route === undefined && key === undefined && fingerprint === undefined) {
      yield {
        code: 'exception-for-all',
        grade: code === undefined ? 'high' : 'medium',
        path,
        message: `The exception lifts ${code === undefined ? `all of ${guard}` : `${guard}/${code}`} for every route and every key.`,
        fix: 'Name the route, the key or the fingerprint it is for.',
      }
    }
    if (end - now > YEAR_MS) {
      yield {
        code: 'exception-for-long',
        grade: 'low',
        path: `${path}.expires`,
        message: 'The exception lasts longer than a year: by then nobody knows why.',
        fix: 'Let it expire sooner, and renew it with a fresh look.',
      }
    }
  }
}

function* gatewayRisks(gateway: ConfigFile['gateway']): Generator<Risk> {
  const isPublic = !isLoopback(gateway.listen.host)
  const named = gateway.allowedHosts.length > 0
  if (isPublic && gateway.listen.tls !== undefined) {
    if (!named) {
      yield {
        code: 'public-host-any-name',
        grade: 'medium',
        path: 'gateway.allowedHosts',
        message: 'The gateway listens beyond this machine without a list of the names it is called by.',
        fix: 'List your names in gateway.allowedHosts.',
      }
    }
  } else if (isPublic) {
    yield {
      code: named ? 'public-host' : 'public-host-any-name',
      grade: named ? 'medium' : 'high',
      path: 'gateway.listen.host',
      message: named
        ? 'The gateway listens beyond this machine and speaks plain HTTP: keys cross the network readably.'
        : 'The gateway listens beyond this machine, by plain HTTP and without a list of the names it is called by.',
      fix: 'Listen on 127.0.0.1 behind a proxy with TLS or set gateway.listen.tls, and list your names in gateway.allowedHosts.',
    }
  }
  for (const [index, { name, baseUrl }] of gateway.upstreams.entries()) {
    const url = new URL(baseUrl)
    if (url.protocol !== 'http:' || isLoopback(url.hostname)) continue
    yield {
      code: 'plain-http-upstream',
      grade: 'high',
      path: `gateway.upstreams.${index}.baseUrl`,
      message: `The upstream ${name} is called by plain HTTP: its key and every prompt cross the network readably.`,
      fix: 'Use https://.',
    }
  }
  for (const [index, { name, models }] of gateway.upstreams.entries()) {
    if (!models.includes('*') || gateway.allowedModels !== undefined) continue
    yield {
      code: 'any-model',
      grade: 'low',
      path: `gateway.upstreams.${index}.models`,
      message: `Callers may name any model of the upstream ${name}, the dearest too.`,
      fix: 'List the models, or set gateway.allowedModels (ALLOWED_MODELS).',
    }
  }
  for (const permit of gateway.permits) {
    const isDoor = permit === 'hosted-tool' || permit === 'stored-conversation'
    yield {
      code: isDoor ? 'door-past-the-gates' : 'unscannable-part',
      grade: isDoor ? 'high' : 'medium',
      path: 'gateway.permits',
      message: isDoor
        ? `${permit}: the provider reads or acts on what never passes the gates.`
        : `${permit}: passes unread; instructions and personal data in it are not found.`,
      fix: `Remove ${permit} from gateway.permits, or accept the risk knowingly.`,
    }
  }
  yield* trustRisks(gateway, isPublic)
}

function* trustRisks(gateway: ConfigFile['gateway'], isPublic: boolean): Generator<Risk> {
  const hasPages = gateway.allowedOrigins.length > 0
  if (gateway.keys.claimDeveloper && (hasPages || isPublic)) {
    yield {
      code: 'callers-claim-developer',
      grade: hasPages ? 'high' : 'medium',
      path: 'gateway.keys.claimDeveloper',
      message: hasPages
        ? 'Keys used from web pages may speak as the developer: whoever opens the page can write system messages.'
        : 'Every key that does not say otherwise may speak as the developer, also from other machines.',
      fix: 'gateway.keys.claimDeveloper: false, and grant the claim to the keys of your servers alone (--claims developer).',
    }
  }
  if (gateway.keys.claimUser) {
    yield {
      code: 'callers-claim-users',
      grade: 'medium',
      path: 'gateway.keys.claimUser',
      message: 'Every key may name the person it acts for, so a caller can be somebody new with each request.',
      fix: 'Leave it off and grant the claim to the keys of your own services (--claims user).',
    }
  }
  for (const range of gateway.trustedProxies) {
    if (!range.endsWith('/0')) continue
    yield {
      code: 'everybody-is-a-proxy',
      grade: 'high',
      path: 'gateway.trustedProxies',
      message: 'Every address counts as a trusted proxy: any caller can choose the address it seems to come from.',
      fix: 'List the addresses of your proxies alone.',
    }
  }
  if (gateway.keys.wrongPerMinute > 1_000) {
    yield {
      code: 'wrong-keys-unbounded',
      grade: 'low',
      path: 'gateway.keys.wrongPerMinute',
      message: 'An address may send more than 1,000 wrong keys a minute.',
      fix: 'Leave it at 60.',
    }
  }
  if (gateway.demoModel && isPublic) {
    yield {
      code: 'public-demo-model',
      grade: 'low',
      path: 'gateway.demoModel',
      message: 'The demo model is served beyond this machine.',
      fix: 'gateway.demoModel: false.',
    }
  }
}
