import type { GuardDefinition } from '../guard/guard.ts'
import { dataFlow } from './data-flow/index.ts'
import { toolPolicy } from './tool-policy/index.ts'

export { memoryCallCounter, type MemoryCounterOptions } from './tool-policy/index.ts'
export { dataFlow, toolPolicy }

/** Every policy there is: guards that decide about tool calls. They are in force once the policy file has `tools:`. */
export const allPolicies: readonly GuardDefinition[] = [toolPolicy, dataFlow]
