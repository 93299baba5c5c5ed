import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { join } from 'node:path'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { PolicyInput, PresetName } from 'sallyport'
import type { VaultStore } from 'sallyport/vault'
import { openAlerts } from './alerts/open-alerts.ts'
import type { OpenAlerts } from './alerts/open-alerts.ts'
import { auditSelf } from './checklist/audit-self.ts'
import { allOf } from './config/all-of.ts'
import { bootstrapKeysFromEnvironment, configFromEnvironment } from './config/environment.ts'
import type { GatewayConfig, GatewayConfigInput } from './config/gateway-config.ts'
import { ConfigurationError } from './configuration-error.ts'
import type { EventSink } from './events/event-bus.ts'
import { openAudit } from './events/open-audit.ts'
import type { Audit } from './events/open-audit.ts'
import { createGateway } from './gateway.ts'
import { serveMetrics } from './observe/metrics-server.ts'
import type { MetricsServer } from './observe/metrics-server.ts'
import type { Gateway } from './gateway.ts'
import { errorBody, GatewayError } from './gateway-error.ts'
import { errorResponse } from './http/respond.ts'
import { followTlsFiles, readTlsFiles, TLS_OPTIONS } from './http/tls-files.ts'
import { prepareKeys } from './identity/prepare-keys.ts'
import type { NewKeys } from './identity/prepare-keys.ts'
import { openRedis } from './limits/open-redis.ts'
import type { SharedLimits } from './limits/open-redis.ts'
import { openInstallation } from './storage/installation.ts'
import type { Installation } from './storage/installation.ts'
import { sqliteVaultStore, VAULT_FILE } from './storage/sqlite-vault-store.ts'
import type { Provider } from './providers/provider.ts'

export interface StartOptions {
  /** The `gateway:` part of `sallyport.yaml`. */
  readonly config?: GatewayConfigInput
  readonly policy?: PolicyInput | PresetName
  /** Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly sinks?: readonly EventSink[]
  readonly providers?: Readonly<Record<string, Provider>>
  readonly onFault?: (error: unknown) => void
  /** How long requests under way may take to end when the gateway closes. Default 10,000 ms. */
  readonly drainMs?: number
}

export interface RunningGateway {
  /** `http://127.0.0.1:8711`. */
  readonly url: string
  readonly gateway: Gateway
  /** Where Prometheus finds its metrics, if they are on. */
  readonly metricsUrl?: string
  /** Keys made at this start, once: for a terminal to show. `file` is where they were written. */
  readonly newKeys?: NewKeys
  /** Stops taking requests, lets those under way end, gives the data folder back. Safe to call twice. */
  close(): Promise<void>
}

/**
 * Starts the gateway: locks the data folder, makes keys at first start, listens.
 *
 * @throws ConfigurationError that says what to do: bad configuration, a used port, a folder that is locked or not
 * writable.
 */
export async function startGateway(options: StartOptions = {}): Promise<RunningGateway> {
  const environment = options.environment ?? process.env
  const [config, bootstrap] = allOf([
    () => configFromEnvironment(options.config ?? {}, environment),
    () => bootstrapKeysFromEnvironment(environment),
  ])
  const installation = await openInstallation(config.dataDir, { storage: config.storage, environment })
  let audit: Audit | undefined
  let shared: SharedLimits | undefined
  let vaultStore: VaultStore | undefined
  let told: OpenAlerts | undefined
  let metrics: MetricsServer | undefined
  try {
    audit = await openAudit(config, installation.path, environment, options.onFault)
    shared = await openRedis(config.rateLimits, environment)
    if (config.vault.store === 'sqlite') vaultStore = sqliteVaultStore(join(installation.path, VAULT_FILE))
    told = await openAlerts(config, environment)
    const gateway = createGateway({
      ...(audit === undefined ? {} : { auditLoad: audit.load }),
      ...(vaultStore === undefined ? {} : { vaultStore }),
      alertSinks: told.sinks,
      ...(told.share === undefined ? {} : { alertShare: told.share }),
      config,
      checklist: () => auditSelf({ start: startGateway, config, policy: options.policy ?? 'recommended' }),
      environment,
      stores: installation.stores,
      keys: installation.keys,
      installationKey: installation.installationKey,
      ...(options.policy === undefined ? {} : { policy: options.policy }),
      sinks: [...(audit === undefined ? [] : [audit.sink]), ...(options.sinks ?? [])],
      ...(audit === undefined ? {} : { isAccountable: audit.isAccountable, settled: audit.settled, log: audit.access }),
      ...(shared === undefined ? {} : { limitStore: shared.store }),
      ...(options.providers === undefined ? {} : { providers: options.providers }),
      ...(options.onFault === undefined ? {} : { onFault: options.onFault }),
    })
    audit?.reportTo(gateway.events)
    shared?.reportTo(gateway.events)
    told.reportTo(gateway.events)
    const newKeys = await prepareKeys(installation, bootstrap, gateway.events)
    await gateway.recordStart()
    await gateway.warmUp()
    metrics = await openMetrics(gateway)
    const { server, stopFollowing } = createServer(gateway)
    const url = await listen(server, config.listen)
    gateway.events.record({ type: 'start', severity: 'info', detail: 'the gateway takes requests' })
    return {
      url,
      gateway,
      ...(metrics === undefined ? {} : { metricsUrl: metrics.url }),
      ...(newKeys === undefined ? {} : { newKeys }),
      close: closeOnce({
        server,
        stopFollowing,
        metrics,
        gateway,
        installation,
        audit,
        shared,
        drainMs: options.drainMs ?? 10_000,
      }),
    }
  } catch (error) {
    await metrics?.close()
    shared?.close()
    await told?.close()
    await audit?.close()
    vaultStore?.close()
    await installation.close()
    throw error
  }
}

async function openMetrics({ metrics, config }: Gateway): Promise<MetricsServer | undefined> {
  const { port, host } = config.metrics
  return metrics === undefined || port === undefined ? undefined : serveMetrics(metrics, { host, port })
}

function createServer(gateway: Gateway): { readonly server: Server; readonly stopFollowing: () => void } {
  const listener = getRequestListener(
    (request, bindings) => gateway.fetch(request, bindings as Parameters<Gateway['fetch']>[1]),
    { errorHandler: badTarget },
  )
  const { tls } = gateway.config.listen
  const options = {
    // Slow clients: headers and the whole request must arrive in time, whatever the route does.
    headersTimeout: 15_000,
    requestTimeout: Math.max(60_000, gateway.config.limits.bodyTimeoutMs * 2),
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 32 * 1024,
  }
  if (tls === undefined) {
    const server = createHttpServer(options, (incoming, outgoing) => void listener(incoming, outgoing))
    return { server: hardened(server), stopFollowing: () => undefined }
  }
  const files = readTlsFiles(tls)
  const server = createHttpsServer(
    { ...options, ...TLS_OPTIONS, cert: files.cert, key: files.key, handshakeTimeout: 15_000 },
    (incoming: IncomingMessage, outgoing: ServerResponse) => {
      if (tls.hstsSeconds > 0) outgoing.setHeader('strict-transport-security', `max-age=${tls.hstsSeconds}`)
      void listener(incoming, outgoing)
    },
  )
  return { server: hardened(server), stopFollowing: followTlsFiles(server, tls, files, gateway.events) }
}

function hardened<Kind extends Server>(server: Kind): Kind {
  server.maxHeadersCount = 100
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return
    const known =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new GatewayError('request_timeout', 'The request did not arrive in time.')
        : new GatewayError('invalid_value', 'This is no valid HTTP request.')
    const body = JSON.stringify(errorBody(known, 'none'))
    const status = known.status === 408 ? '408 Request Timeout' : '400 Bad Request'
    socket.end(
      `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  })
  return server
}

/** A target or Host that no URL can be made of never reaches a route. */
function badTarget(error: unknown): Response {
  return error instanceof RequestError
    ? errorResponse('none', new GatewayError('invalid_value', 'This is no valid HTTP request.'))
    : errorResponse('none', new GatewayError('internal_error', 'The gateway failed.'))
}

function listen(server: Server, { host, port, tls }: GatewayConfig['listen']): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      resolve(`${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${bound}`)
    })
  })
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): ConfigurationError {
  const place = `${host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError(
        `${place} is in use by another program. Stop it, or set SALLYPORT_PORT to another port.`,
      )
    case 'EACCES':
      return new ConfigurationError(
        `Listening on ${place} is not permitted. Ports below 1024 need rights; set SALLYPORT_PORT.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigurationError(`${host} is no address of this machine. Set SALLYPORT_HOST.`)
    default:
      return new ConfigurationError(`Listening on ${place} failed: ${error.code ?? 'unknown error'}.`, { cause: error })
  }
}

interface Running {
  readonly server: Server
  readonly stopFollowing: () => void
  readonly metrics: MetricsServer | undefined
  readonly gateway: Gateway
  readonly installation: Installation
  readonly audit: Audit | undefined
  readonly shared: SharedLimits | undefined
  readonly drainMs: number
}

function closeOnce({
  server,
  stopFollowing,
  metrics,
  gateway,
  installation,
  audit,
  shared,
  drainMs,
}: Running): () => Promise<void> {
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    stopFollowing()
    gateway.drain()
    gateway.events.record({ type: 'stop', severity: 'info', detail: 'the gateway stops' })
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), drainMs)
      // A connection that was busy at first would stay open, idle, for as long as clients may keep it.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      server.close(() => {
        clearTimeout(timer)
        clearInterval(sweep)
        resolve()
      })
    })
    await metrics?.close()
    await gateway.close()
    shared?.close()
    try {
      await audit?.close()
    } finally {
      await installation.close()
    }
  }
  return () => (closing ??= close())
}
