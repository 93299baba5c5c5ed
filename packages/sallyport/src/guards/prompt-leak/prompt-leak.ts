import { defineGuard } from '../../guard/guard.ts'
import { LeakScan } from './leak-scan.ts'
import { promptLeakOptions } from './options.ts'
import { protectedText } from './protected-text.ts'

/**
 * Finds the system prompt in what a model says: canaries in it, and passages that copy it, also encoded, spelled out or
 * in pieces. Does nothing unless it is told the prompt, by its options or by the conversation of the passage.
 */
export const promptLeak = defineGuard({
  meta: {
    id: 'prompt-leak',
    summary: 'Finds the system prompt in what a model says: canaries and copied passages.',
    stages: ['output', 'tool-call'],
    threats: ['LLM08:2026', 'LLM02:2026', 'AML.T0056', 'AML.T0057'],
    codes: {
      canary: 'A canary of the system prompt, whole or in part.',
      'system-prompt-copy': 'A passage of the system prompt, word for word or nearly.',
      'system-prompt-pieces': 'A shorter passage, after others that together give much of the prompt away.',
    },
  },
  options: promptLeakOptions,
  open: (options, { conversation }) => {
    const secret = protectedText(options, conversation)
    return secret && new LeakScan(secret, options)
  },
})
