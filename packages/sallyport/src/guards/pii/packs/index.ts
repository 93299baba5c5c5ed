import type { EntityRule } from '../entity-rule.ts'
import { genericRules } from './generic.ts'
import { usRules } from './us.ts'

/** All rules by region. */
export const PACKS = {
  generic: genericRules,
  us: usRules,
} as const satisfies Record<string, readonly EntityRule[]>

export type PackName = keyof typeof PACKS

export const PACK_NAMES = Object.keys(PACKS) as [PackName, ...PackName[]]
export const RECOMMENDED_PACKS: readonly PackName[] = ['generic', 'us']

const ALL_RULES: readonly EntityRule[] = Object.values(PACKS).flat()

/** Names of all entities the packs know, in Presidio's spelling. */
export const ENTITY_NAMES = [...new Set(ALL_RULES.map((rule) => rule.entity))] as [string, ...string[]]
