import type { Check } from '../item.ts'
import { judgeProbes, withAnswering } from '../judge.ts'
import { HIDDEN_INJECTION, INJECTION } from '../payloads.ts'
import { toolResultProbe } from '../transcript-probes.ts'

export const promptInjection: Check = {
  id: 'llm01-prompt-injection',
  run: (context) =>
    withAnswering(context, async (target, probes) =>
      judgeProbes(
        [
          ...(await probes.input('injection', INJECTION)),
          ...(await probes.input('hidden', HIDDEN_INJECTION)),
          await toolResultProbe(target, probes),
        ],
        'an override, the same in invisible characters, an order in a tool result',
      ),
    ),
}
