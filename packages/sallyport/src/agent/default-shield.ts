import { createShield } from '../index.ts'
import type { Shield } from '../compose/create-shield.ts'

let shield: Shield | undefined

/** The recommended policy, compiled on first use and shared: compiling takes longer than thousands of checks. */
export function defaultShield(): Shield {
  shield ??= createShield()
  return shield
}
