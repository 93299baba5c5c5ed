import type { EntityRule } from '../entity-rule.ts'
import { genericRules } from './generic.ts'
import { usRules } from './us.ts'
import { ukRules } from './uk.ts'
import { caRules } from './ca.ts'
import { deRules } from './de.ts'
import { esRules } from './es.ts'
import { itRules } from './it.ts'
import { plRules } from './pl.ts'
import { nordicRules } from './nordic.ts'
import { trRules } from './tr.ts'
import { inRules } from './in.ts'
import { sgRules } from './sg.ts'
import { auRules } from './au.ts'
import { krRules } from './kr.ts'
import { thRules } from './th.ts'
import { ngRules } from './ng.ts'
import { zaRules } from './za.ts'
import { phRules } from './ph.ts'
import { nameRules } from './names.ts'
import { weakRules } from './weak.ts'

/** All rules by region. */
export const PACKS = {
  generic: genericRules,
  us: usRules,
  uk: ukRules,
  ca: caRules,
  de: deRules,
  es: esRules,
  it: itRules,
  pl: plRules,
  nordic: nordicRules,
  tr: trRules,
  in: inRules,
  sg: sgRules,
  au: auRules,
  kr: krRules,
  th: thRules,
  ng: ngRules,
  za: zaRules,
  ph: phRules,
  weak: weakRules,
  names: nameRules,
} as const satisfies Record<string, readonly EntityRule[]>

export type PackName = keyof typeof PACKS

export const PACK_NAMES = Object.keys(PACKS) as [PackName, ...PackName[]]
/** All regions: their identifiers act by checksum or context, so a pack that is not needed costs time rather than false alarms. */
export const RECOMMENDED_PACKS: readonly PackName[] = PACK_NAMES.filter((name) => name !== 'weak' && name !== 'names')

const ALL_RULES: readonly EntityRule[] = Object.values(PACKS).flat()

/** Names of all entities the packs know, in Presidio's spelling. */
export const ENTITY_NAMES = [...new Set(ALL_RULES.map((rule) => rule.entity))] as [string, ...string[]]
