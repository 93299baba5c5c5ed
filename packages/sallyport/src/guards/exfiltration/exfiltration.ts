import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { hostList, isHostEntry } from '../../sinks/host-list.ts'
import { CARRIED_DATA_CODES, dataCarryingRules } from '../../sinks/markdown/data-carrying-rules.ts'
import { MarkdownScanner } from '../../sinks/markdown/scanner.ts'
import { knownData } from './known-data.ts'

const options = z.strictObject({
  /** Hosts that links may name with odd parameters: `example.com`, `*.example.com`. Weak signs weigh half there. */
  hosts: z.array(z.string().refine(isHostEntry, 'not a host name, `*.host` or `*`')).readonly().default([]),
  /** Treats every host as one of `hosts`. */
  allowAll: z.boolean().default(false),
  /** Signs weaker than this are not reported. */
  minimumConfidence: z.number().min(0).max(1).default(0.4),
})

/**
 * Finds links and images whose URL carries data away: encoded text, keys, personal data, sentences, words of the
 * conversation, data in the host name. Ordinary links pass untouched, whatever their host. A match replaces the URL and leaves the link's text.
 */
export const exfiltration = defineGuard({
  meta: {
    id: 'exfiltration',
    summary: 'Finds links and images whose URL carries data away.',
    stages: ['output', 'tool-call'],
    threats: ['LLM02:2026', 'LLM01:2026', 'ASI01', 'AML.T0024', 'AML.T0057'],
    codes: CARRIED_DATA_CODES,
  },
  options,
  open: ({ hosts, allowAll, minimumConfidence }, { conversation }) =>
    new MarkdownScanner(
      dataCarryingRules(
        allowAll ? () => true : hostList(hosts),
        minimumConfidence,
        conversation && knownData(conversation),
      ),
    ),
})
