import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { CODES } from './codes.ts'
import { dataFlowJudge } from './data-flow.ts'

/**
 * Decides by where values come from: after untrusted text was read, consequential calls need values that the user or
 * developer gave, and private data leaves only to where the user said. It needs the conversation and `tools:` in the
 * policy file.
 */
export const dataFlow = defineGuard({
  meta: {
    id: 'data-flow',
    summary: 'Keeps untrusted text from steering tool calls, and private data from leaving.',
    stages: ['tool-call'],
    threats: ['LLM01:2026', 'LLM02:2026', 'LLM03:2026', 'ASI01', 'ASI02', 'AML.T0051.001', 'AML.T0053', 'AML.T0057'],
    codes: CODES,
  },
  options: z.strictObject({}),
  judge: (_options, tools) => dataFlowJudge(tools),
})
