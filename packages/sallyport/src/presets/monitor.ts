import type { Preset } from './preset.ts'
import { recommended } from './recommended.ts'

/** Everything `recommended` looks for is recorded and nothing is done: the way to bring the gates into running traffic. */
export const monitor: Preset = Object.fromEntries(
  Object.entries(recommended).map(([id, policy]) => [
    id,
    {
      ...policy,
      actions: 'monitor',
      rules: Object.fromEntries(Object.entries(policy.rules ?? {}).filter(([, actions]) => actions === 'off')),
      failOpen: true,
    },
  ]),
)
