import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicyInput, PresetName } from 'sallyport'
import { verifyLog } from 'sallyport/audit'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { RunningGateway, StartOptions } from '../start-gateway.ts'
import { PROBE_MODEL, probeProvider } from './probe-provider.ts'
import { openAlertReceiver } from './alert-receiver.ts'
import { ask, type Target } from './target.ts'

export interface OwnGatewayOptions {
  /** `startGateway`; a parameter, as the gateway itself may start one to look at. */
  readonly start: (options: StartOptions) => Promise<RunningGateway>
  readonly config: GatewayConfig
  readonly policy: PolicyInput | PresetName
}

export interface OwnGateway {
  readonly target: Target
  close(): Promise<void>
}

/**
 * Starts a gateway with this configuration and policy on a free loopback port, with temporary data, keys made for the
 * occasion and a model of ours in place of the upstreams: nothing is sent to anybody and nothing of the installation changes.
 */
export async function startOwnGateway(
  options: OwnGatewayOptions,
  limits: 'lifted' | 'configured' | number = 'lifted',
): Promise<OwnGateway> {
  const { config, policy, start } = options
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-audit-'))
  const { provider, seen } = probeProvider()
  const [adminKey, clientKey] = [
    `sp-admin-${randomBytes(32).toString('base64url')}`,
    `sp-client-${randomBytes(32).toString('base64url')}`,
  ]
  const { redis: _redis, ...rateLimits } = config.rateLimits
  const { allowedModels: _allowed, ...rest } = config
  const { tls: _tls, ...listen } = config.listen
  const { redis: _shared, ...alerts } = config.alerts
  const receiver = await openAlertReceiver()
  try {
    const running = await start({
      config: {
        ...rest,
        listen: { ...listen, host: '127.0.0.1', port: 0 },
        dataDir: folder,
        upstreams: [],
        // Databases and receivers of the installation are left alone.
        storage: {},
        vault: { store: 'memory' },
        audit: { ...config.audit, index: 'off' },
        alerts: { ...alerts, slack: [], webhooks: [receiver.webhook] },
        // A limit that is right for people would hold the probes; it is tried on a gateway of its own.
        rateLimits:
          limits === 'lifted'
            ? { ...rateLimits, key: {}, user: {}, model: {} }
            : limits === 'configured'
              ? rateLimits
              : { ...rateLimits, key: { ...rateLimits.key, requestsPerMinute: limits } },
      },
      policy,
      providers: { [PROBE_MODEL]: provider },
      environment: {
        SALLYPORT_BOOTSTRAP_ADMIN_KEY: adminKey,
        SALLYPORT_BOOTSTRAP_CLIENT_KEY: clientKey,
        ...receiver.environment,
      },
      drainMs: 500,
    })
    const target: Target = {
      origin: running.url,
      prefix: '/v1',
      kind: 'sallyport',
      model: PROBE_MODEL,
      adminKey,
      clientKey,
      seen,
      verifyLog: async () => {
        if (!config.audit.enabled) return undefined
        const { isIntact, records } = verifyLog(join(folder, 'audit'))
        return { isIntact, records }
      },
      deliverAlert: async () => {
        if (!config.alerts.enabled) return false
        await ask(target, '/admin/api/alerts/test', { method: 'POST', key: adminKey, body: {} })
        return receiver.hasReceived()
      },
      ...(limits === 'lifted' ? { withLimit: (limit) => startOwnGateway(options, limit ?? 'configured') } : {}),
    }
    return {
      target,
      close: async () => {
        await running.close()
        await receiver.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await receiver.close()
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
