import { z } from 'zod'
import { STAGES } from '../../guard/stage.ts'
import { defineGuard } from '../../guard/guard.ts'
import { HIDDEN_CODE_NAMES, HIDDEN_CODES } from './codes.ts'
import { openHiddenScan } from './hidden-scan.ts'

const options = z.strictObject({
  /** Codes that are not reported. */
  allow: z.array(z.enum(HIDDEN_CODE_NAMES)).readonly().default([]),
  /** Blanks in a row that stay; the rest is `excess-whitespace`. */
  maxBlankRun: z.int().min(1).default(1000),
  /** Line ends in a row that stay. */
  maxLineEnds: z.int().min(1).default(50),
})

/**
 * Finds hidden or deceptive characters: what a person does not see but a model reads, and what shows another text than
 * is stored. Every match carries what stands in its place, so redacting cleans the text and keeps emoji, joiners and
 * paragraphs byte for byte.
 */
export const unicode = defineGuard({
  meta: {
    id: 'unicode',
    summary: 'Finds and removes hidden or deceptive characters.',
    stages: STAGES,
    threats: ['LLM01:2026', 'AML.T0051', 'AML.T0068'],
    codes: Object.fromEntries(HIDDEN_CODE_NAMES.map((code) => [code, HIDDEN_CODES[code].message])),
  },
  options,
  open: (settings) => openHiddenScan(settings),
})
