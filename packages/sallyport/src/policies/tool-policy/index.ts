import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { CODES } from './codes.ts'
import { toolPolicyJudge } from './tool-policy.ts'

export { memoryCallCounter, type MemoryCounterOptions } from './call-counter.ts'

/**
 * Decides which tools may be called, by whom, with which arguments and how often, as `tools:` in the policy file says.
 * Without that section every call passes.
 */
export const toolPolicy = defineGuard({
  meta: {
    id: 'tool-policy',
    summary: 'Decides which tools may be called, by whom, with which arguments and how often.',
    stages: ['tool-call'],
    threats: ['LLM03:2026', 'ASI02', 'ASI03', 'AML.T0053'],
    codes: CODES,
  },
  options: z.strictObject({}),
  judge: (_options, tools, counter) => toolPolicyJudge(tools, counter),
})
