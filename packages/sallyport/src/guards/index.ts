import type { GuardDefinition } from '../guard/guard.ts'
import { codeOutput } from './code-output/index.ts'
import { contentPolicy } from './content-policy/index.ts'
import { exfiltration } from './exfiltration/index.ts'
import { inputLimits } from './input-limits/index.ts'
import { outputHtml } from './output-html/index.ts'
import { outputMarkdown } from './output-markdown/index.ts'
import { pii } from './pii/index.ts'
import { promptInjection } from './prompt-injection/index.ts'
import { promptLeak } from './prompt-leak/index.ts'
import { secrets } from './secrets/index.ts'
import { unicode } from './unicode/index.ts'

export {
  codeOutput,
  contentPolicy,
  exfiltration,
  inputLimits,
  outputHtml,
  outputMarkdown,
  pii,
  promptInjection,
  promptLeak,
  secrets,
  unicode,
}
export { createCanary, withCanary, type CanaryOptions } from './prompt-leak/index.ts'

/** Every guard there is. A preset says which are in force; a policy file names them by id. */
export const allGuards: readonly GuardDefinition[] = [
  inputLimits,
  unicode,
  promptInjection,
  pii,
  secrets,
  contentPolicy,
  promptLeak,
  outputMarkdown,
  exfiltration,
  outputHtml,
  codeOutput,
]
