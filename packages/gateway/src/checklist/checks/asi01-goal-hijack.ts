import type { Check } from '../item.ts'
import { judgeProbes, withAnswering } from '../judge.ts'
import { toolResultProbe } from '../transcript-probes.ts'

export const goalHijack: Check = {
  id: 'asi01-goal-hijack',
  run: (context) =>
    withAnswering(context, async (target, probes) =>
      judgeProbes([await toolResultProbe(target, probes)], 'an order in the result of a tool'),
    ),
}
