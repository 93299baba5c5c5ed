import type { PresetName } from '../config/policy.ts'
import { everything } from './everything.ts'
import { monitor } from './monitor.ts'
import type { Preset } from './preset.ts'
import { recommended } from './recommended.ts'
import { strict } from './strict.ts'

export type { Preset }

/** What happens by default, by name. */
export const presets: Readonly<Record<PresetName, Preset>> = { recommended, strict, monitor, everything }
