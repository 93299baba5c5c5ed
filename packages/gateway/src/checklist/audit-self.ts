import { parsePolicy } from 'sallyport'
import type { ItemResult } from './item.ts'
import { lookAtRuntime } from './look-at-runtime.ts'
import { type OwnGatewayOptions, startOwnGateway } from './own-gateway.ts'
import { Probes } from './probes.ts'
import { runAudit } from './run-audit.ts'

/** The checklist of a running gateway, tried on a twin of it: probes neither fill its log nor use up its limits. */
export async function auditSelf(options: OwnGatewayOptions): Promise<readonly ItemResult[]> {
  const { config, policy } = options
  const own = await startOwnGateway(options)
  try {
    const report = await runAudit({
      now: Date.now(),
      config,
      policy: parsePolicy(typeof policy === 'string' ? { preset: policy } : policy),
      runtime: lookAtRuntime(config),
      target: own.target,
      probes: new Probes(own.target),
    })
    return report.items
  } finally {
    await own.close()
  }
}
