import { createHmac, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { ApprovalDesk, createShield, PRESET_NAMES } from 'sallyport'
import type { PolicyInput, PresetName, Shield } from 'sallyport'
import type { LimitStore } from 'sallyport/limits'
import { createSecretsManager, Secret } from 'sallyport/secrets'
import type { SecretsManager } from 'sallyport/secrets'
import { nodeSources } from 'sallyport/secrets/node'
import { createVault } from 'sallyport/vault'
import type { VaultStore } from 'sallyport/vault'
import { nodeVaultCrypto } from 'sallyport/vault/node'
import type { ItemResult } from './checklist/item.ts'
import type { AlertShare } from './alerts/alert-share.ts'
import { AlertWatch } from './alerts/alert-watch.ts'
import type { AlertSink } from './alerts/open-sinks.ts'
import type { GatewayBindings } from './app.ts'
import { createApp } from './app.ts'
import { gatewayConfigSchema } from './config/gateway-config.ts'
import type { GatewayConfig, GatewayConfigInput, UpstreamConfig } from './config/gateway-config.ts'
import { ConfigurationError } from './configuration-error.ts'
import { readSecret } from './config/read-secret.ts'
import { EventBus } from './events/event-bus.ts'
import type { EventSink } from './events/event-bus.ts'
import type { LogAccess } from './events/log-access.ts'
import { faultThrottle, strangerThrottle } from './events/failure-throttle.ts'
import { LabelCheck } from './gates/label-check.ts'
import { recordStart } from './history/record-start.ts'
import { isLoopback } from './http/check-caller.ts'
import { loadConsoleFiles } from './http/console-files.ts'
import { digestOf } from './json/digest-of.ts'
import { KeyRing } from './identity/key-ring.ts'
import { fingerprintWith, pseudonymOf } from './identity/pseudonym.ts'
import { Lockout } from './identity/lockout.ts'
import { Patience } from './identity/patience.ts'
import { KeySync } from './identity/key-sync.ts'
import { Sessions } from './identity/sessions.ts'
import { Metrics } from './observe/metrics.ts'
import { requestEvents } from './observe/request-event.ts'
import { RateLimits } from './limits/rate-limits.ts'
import { demoProvider } from './providers/demo.ts'
import { checkUpstreamKey } from './providers/key-check.ts'
import { ModelTable } from './providers/model-table.ts'
import { openaiUpstream } from './providers/openai-upstream.ts'
import type { Provider } from './providers/provider.ts'
import { SecretKey } from './providers/upstream-key.ts'
import type { Services } from './services.ts'
import { memoryStores } from './storage/memory-stores.ts'
import type { Stores } from './storage/stores.ts'
import { countUsage } from './usage/count-usage.ts'
import { UsageMeter } from './usage/usage-meter.ts'
import { VERSION } from './version.ts'

export interface GatewayOptions {
  /** The `gateway:` part of the configuration, defaults filled in. */
  readonly config?: GatewayConfig | GatewayConfigInput
  /** Name of a preset or a policy. Default `recommended`. */
  readonly policy?: PolicyInput | PresetName
  /** Where keys, usage and the history of configurations are kept. Default: in memory. */
  readonly stores?: Stores
  /** Keys of the installation, read from `stores`. Default: none. */
  readonly keys?: KeyRing
  /** Makes fingerprints; 32 bytes. Default: random, so that fingerprints end with the process. */
  readonly installationKey?: Uint8Array
  readonly sinks?: readonly EventSink[]
  /** False while `/v1` is to answer 503 because events cannot be recorded for good. Default: always true. */
  readonly isAccountable?: () => boolean
  /**
   * Resolves when the events of a request are on disk: answers of `/v1` wait for it before their first byte, streams also
   * before their end. Undefined when they are there, or when nothing is to wait. Default: nothing waits.
   */
  readonly settled?: (requestId: string) => Promise<void> | undefined
  /** The security log, for the admin API. Default: it is off. */
  readonly log?: LogAccess
  /** Providers besides those the configuration names, by model. For tests and for embedding. */
  readonly providers?: Readonly<Record<string, Provider>>
  /** Where requests are counted. Default: in the memory of this process. */
  readonly limitStore?: LimitStore<boolean>
  /** Where values of named conversations are kept. Default: in the memory of this process. */
  readonly vaultStore?: VaultStore
  /** Goes through the security checklist for the console. Default: it has none. */
  readonly checklist?: () => Promise<readonly ItemResult[]>
  /** Who is told of alerts. Default: nobody but the log. Closed with the gateway. */
  readonly alertSinks?: readonly AlertSink[]
  /** What several gateways know together. Closed with the gateway. */
  readonly alertShare?: AlertShare
  /** How much the log has to write. */
  readonly auditLoad?: () => { readonly waiting: number; readonly dropped: number }
  /** Where `env:NAME` secrets are looked up. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Called with faults nobody foresaw. Default: silent; the answer and a `degraded` event say that there was one. */
  readonly onFault?: (error: unknown) => void
}

export interface Gateway {
  /** Answers a request. `bindings` come from @hono/node-server and are left out in tests. */
  fetch(request: Request, bindings?: GatewayBindings): Response | Promise<Response>
  readonly keys: KeyRing
  readonly events: EventBus
  readonly alerts: AlertWatch | undefined
  /** Undefined when they are off. */
  readonly metrics: Metrics | undefined
  readonly config: GatewayConfig
  /** Hex SHA-256 of the running policy. */
  readonly policyDigest: string
  /** Compiles what is compiled at first use, so that the first caller does not wait for it. */
  warmUp(): Promise<void>
  /** Stops being ready and ends open event feeds, but still answers what is under way. */
  drain(): void
  /** Puts what is in force into the history of configurations. Never rejects: a fault is an event. */
  recordStart(): Promise<void>
  /** Writes what was counted and closes the connections to upstreams; not `stores`. */
  close(): Promise<void>
}

/**
 * Builds a gateway: the policy compiled, the upstreams from the configuration, nothing listening yet.
 *
 * @throws ConfigurationError when a secret cannot be read; SallyportError `invalid-policy`; ZodError for a bad config.
 */
export function createGateway(options: GatewayOptions = {}): Gateway {
  const config = gatewayConfigSchema.parse(options.config ?? {})
  const secret = options.installationKey ?? randomBytes(32)
  const fingerprint = fingerprintWith(secret)
  const shield = createShield(options.policy, { fingerprint })
  const digest = digestOf(shield.policy)
  const stores = options.stores ?? memoryStores()
  const keys = options.keys ?? new KeyRing({ store: stores.keys, installationKey: secret })
  const events = new EventBus({ keep: config.events.keep, sinks: options.sinks ?? [] })
  const secrets = createSecretsManager({
    sources: nodeSources(options.environment),
    // A refused key is asked for again at once, but not in floods.
    retryMs: 1_000,
    onStale: (reference) =>
      services.faults.record({
        type: 'degraded',
        severity: 'medium',
        detail: `the source of ${schemeOf(reference)} secrets is away: an old value is used`,
      }),
  })
  const { models, providers, upstreamKeys } = connectProviders(config, options, secrets, events)
  const closing = new Set<() => void>()
  const reportEnd = requestEvents({ events, requests: config.events.requests, policyDigest: digest })
  const vault = createVault({
    crypto: nodeVaultCrypto(secret),
    lifetimeMs: config.vault.lifetimeHours * 3_600_000,
    ...(options.vaultStore === undefined ? {} : { store: options.vaultStore }),
  })
  const { alertSinks: sinks = [], alertShare: share } = options
  const watched = { config: config.alerts, events, sinks, ...(share === undefined ? {} : { share }) }
  const metrics =
    config.metrics.port === undefined
      ? undefined
      : new Metrics({
          ...(options.auditLoad === undefined ? {} : { audit: options.auditLoad }),
          openAlerts: () => alerts?.openCount ?? 0,
          limitsDegraded: () => services.rateLimits.degraded,
        })
  if (metrics !== undefined) events.subscribe((event) => metrics.observe(event))
  const alerts = config.alerts.enabled ? new AlertWatch(watched) : undefined
  const services: Services = {
    config,
    version: VERSION,
    shield,
    shieldOf: presetShields(fingerprint),
    keys,
    vault,
    approvals: new ApprovalDesk({
      key: createHmac('sha256', secret).update('sallyport approvals\0').digest(),
      policyDigest: digest,
    }),
    sessions: new Sessions(),
    stores,
    usage: new UsageMeter({ store: stores.usage, events, keepDays: config.storage.usageDays }),
    degraded: () => [
      ...(keySync?.isAway === true ? ['database'] : []),
      ...(services.rateLimits.degraded ? ['limits'] : []),
    ],
    lockout: new Lockout({ failures: config.keys.wrongPerMinute }),
    patience: new Patience(),
    pseudonym: (user) => pseudonymOf(secret, user),
    events,
    failures: strangerThrottle(events),
    faults: faultThrottle(events),
    rateLimits: new RateLimits({
      config: config.rateLimits,
      events,
      ...(options.limitStore === undefined ? {} : { store: options.limitStore }),
    }),
    models,
    labels: new LabelCheck(shield),
    console: loadConsoleFiles(config.consoleDir ?? fileURLToPath(new URL('../../console/dist', import.meta.url))),
    startedAt: Date.now(),
    checklist: options.checklist,
    alerts,
    onRequestEnd: (trail) => {
      alerts?.note(trail)
      metrics?.note(trail)
      reportEnd(trail)
      countUsage(services.usage, trail)
    },
    counts: { requests: 0, blocked: 0, redacted: 0 },
    reportFault: options.onFault ?? (() => undefined),
    isAccountable: options.isAccountable ?? (() => true),
    settled: options.settled ?? (() => undefined),
    log: options.log,
    isReady: true,
    onClose: (listener) => {
      closing.add(listener)
      return () => void closing.delete(listener)
    },
  }
  const keySync =
    stores.keys.watch === undefined
      ? undefined
      : new KeySync({
          keys,
          store: stores.keys,
          events,
          sessions: services.sessions,
          maxStaleMs: config.storage.maxStaleMs,
        })
  const useTimer = setInterval(() => void keys.flushUse().catch(() => undefined), 10_000).unref()
  const sweep = setInterval(() => {
    vault.expire().catch((error: unknown) => services.reportFault(error))
  }, 3_600_000)
  sweep.unref()
  const app = createApp(services, {
    allowedHosts: config.allowedHosts,
    allowedOrigins: config.allowedOrigins,
    listensPublicly: !isLoopback(config.listen.host),
  })
  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    keys,
    events,
    alerts,
    metrics,
    config,
    policyDigest: digest,
    warmUp: async () => {
      await vault.expire()
      for (const key of upstreamKeys) await key.load()
      for (const [stage, origin] of WARM) await shield.check({ text: 'Hello.', stage, origin })
      await warmStream(shield)
    },
    recordStart: () =>
      recordStart({ config, shield, policyDigest: digest, history: stores.configHistory, events }).catch(() => {
        const detail = 'the history of configurations cannot be written'
        events.record({ type: 'degraded', severity: 'medium', detail })
      }),
    drain: () => {
      services.isReady = false
      services.failures.flush()
      services.faults.flush()
      services.rateLimits.flush()
      for (const listener of closing) listener()
    },
    close: async () => {
      secrets.close()
      keySync?.stop()
      clearInterval(useTimer)
      services.usage.stop()
      // A database that is away must not keep the gateway from stopping.
      await Promise.allSettled([services.usage.flush(), keys.flushUse()])
      clearInterval(sweep)
      vault.close()
      await alerts?.close()
      await Promise.all(providers.map((provider) => provider.close()))
    },
  }
}

/** Words with which much that is looked for begins; in slices, so that nothing else waits for long. */
async function warmStream(shield: Shield): Promise<void> {
  const stream = shield.openStream({ stage: 'output', origin: 'model' })
  for (const word of 'Hello, this is the answer: on 12 May 2026 you and 3 others will be at https://example.com/. '.split(
    ' ',
  )) {
    stream.push(`${word} `)
    await new Promise((resolve) => setImmediate(resolve))
  }
  stream.end()
}

// The stages and origins a conversation has.
const WARM = [
  ['input', 'user'],
  ['input', 'developer'],
  ['input', 'model'],
  ['input', 'tool'],
  ['tool-result', 'tool'],
  ['tool-call', 'model'],
  ['output', 'model'],
] as const

function connectProviders(config: GatewayConfig, options: GatewayOptions, secrets: SecretsManager, events: EventBus) {
  const upstreamKeys: SecretKey[] = []
  const models = new ModelTable(config.allowedModels)
  const providers: Provider[] = []
  for (const [model, provider] of Object.entries(options.providers ?? {})) models.add(model, provider)
  for (const upstream of config.upstreams) {
    const { name, baseUrl, apiKey, traceparent, models: served } = upstream
    const key = apiKey === undefined ? undefined : upstreamKey(upstream, apiKey, options, secrets, events)
    if (key !== undefined) upstreamKeys.push(key)
    const { maxAnswerBytes, maxEventBytes } = config.limits
    const limits = { ...config.upstreamLimits, maxAnswerBytes, maxEventBytes }
    const provider = openaiUpstream({
      name,
      baseUrl,
      limits,
      traceparent,
      ...(key === undefined ? {} : { apiKey: key }),
    })
    providers.push(provider)
    for (const model of served) {
      if (typeof model === 'string') models.add(model, provider)
      else models.add(model.name, provider, model.as)
    }
  }
  if (config.demoModel) models.add('demo', demoProvider())
  for (const name of config.allowedModels ?? []) {
    if (models.find(name) === undefined) {
      throw new ConfigurationError(
        `No upstream serves the model "${name}" of allowedModels (ALLOWED_MODELS): mend the name, or add it to an upstream.`,
      )
    }
  }
  return { models, providers, upstreamKeys }
}

/** What can be read at once is: a mistake in the configuration shows before anything listens. */
function upstreamKey(
  upstream: UpstreamConfig,
  reference: string,
  options: GatewayOptions,
  secrets: SecretsManager,
  events: EventBus,
): SecretKey {
  const isNear = /^(?:env:[^#]*$|file:)/.test(reference)
  const initial = isNear ? new Secret(readSecret(reference, options.environment ?? process.env)) : undefined
  const record = (what: string): void => {
    const detail = `the key of the upstream ${upstream.name} was ${what}`
    events.record({ type: 'secret-access', severity: 'info', outcome: 'success', detail })
  }
  const onRead = (key: Secret): void => {
    record('read')
    reportKeyProblem(upstream, reference, key, events)
  }
  const onRotate = (): void => record('rotated')
  return new SecretKey({ reference, secrets, onRead, onRotate, ...(initial === undefined ? {} : { initial }) })
}

/** @throws ConfigurationError when the gateway must not start with the key. */
function reportKeyProblem(upstream: UpstreamConfig, reference: string, key: Secret, events: EventBus): void {
  const problem = checkUpstreamKey(upstream, key)
  if (problem === undefined) return
  const detail = `the key of the upstream ${upstream.name} at ${reference} looks wrong: ${problem.reason}`
  if (problem.isRefused) throw new ConfigurationError(`${sentence(detail)} If it is right, say keyFormat: warn.`)
  events.record({ type: 'secret-access', severity: 'medium', outcome: 'failure', detail })
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function schemeOf(reference: string): string {
  return reference.slice(0, reference.indexOf(':'))
}

/** Compiled when first asked for: most gateways never compare presets. */
function presetShields(fingerprint: (text: string) => string): (preset: string) => Shield | undefined {
  const shields = new Map<string, Shield>()
  return (preset) => {
    const name = PRESET_NAMES.find((known) => known === preset)
    if (name === undefined) return undefined
    let shield = shields.get(name)
    if (shield === undefined) shields.set(name, (shield = createShield(name, { fingerprint })))
    return shield
  }
}
