import { hostname, userInfo } from 'node:os'
import type { Shield } from 'sallyport'
import type { GatewayConfig } from '../config/gateway-config.ts'
import { maskConfig } from '../config/mask-config.ts'
import type { EventBus } from '../events/event-bus.ts'
import { digestOf } from '../json/digest-of.ts'
import { VERSION } from '../version.ts'
import type { ConfigHistory } from './config-history.ts'

export interface InForce {
  readonly config: GatewayConfig
  readonly shield: Shield
  readonly policyDigest: string
  readonly history: ConfigHistory
  readonly events: EventBus
}

/** Puts what is in force from now on into the history, and records an event when it is not what was in force before. */
export async function recordStart({ config, shield, policyDigest, history, events }: InForce): Promise<void> {
  const masked = await maskConfig({ ...shield.policy, gateway: config })
  const [before] = await history.list(1)
  const added = await history.add({
    at: new Date().toISOString(),
    by: whoStarts(),
    version: VERSION,
    policyDigest,
    configDigest: digestOf(masked),
    config: JSON.stringify(masked),
  })
  if (!added.changed || before === undefined) return
  const what = before.policyDigest === policyDigest ? "gateway's configuration" : 'policy'
  const detail = `the ${what} is another than at the last start`
  events.record({ type: 'config-change', severity: 'medium', outcome: 'success', policyDigest, detail })
}

/** A user of the operating system without a name (containers) is a number. */
function whoStarts(): string {
  let name: string
  try {
    name = userInfo().username
  } catch {
    name = `uid ${process.getuid?.() ?? 'unknown'}`
  }
  return `${name}@${hostname()}`
}
