import type { GuardPolicy } from '../config/policy.ts'

/** A guard policy per guard id; guards that are absent are off. */
export type Preset = Readonly<Record<string, GuardPolicy>>
