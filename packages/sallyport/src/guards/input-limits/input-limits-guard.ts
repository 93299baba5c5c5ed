import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { LIMIT_CODES } from './codes.ts'
import { openLimitScan } from './limit-scan.ts'

const limit = z.union([z.int().min(1), z.literal('off')])

const options = z.strictObject({
  /** Unicode code points. */
  maxCharacters: limit.default(200_000),
  /** Bytes of the text in UTF-8. */
  maxBytes: limit.default(1_000_000),
  /** Tokens as `estimateTokens` counts them, which is more than a tokenizer finds. */
  maxTokens: limit.default(200_000),
  maxLines: limit.default('off'),
  /** Code points between two line ends. */
  maxLineLength: limit.default('off'),
  /** Visible characters a user's message must have; 0 lets empty messages pass. */
  minCharacters: z.int().min(0).default(1),
})

/** Limits the size of a text in characters, bytes, estimated tokens and lines, and refuses an empty user message. */
export const inputLimits = defineGuard({
  meta: {
    id: 'input-limits',
    summary: 'Limits the size of a text and refuses an empty message.',
    stages: ['input', 'retrieval', 'tool-call', 'tool-result'],
    threats: ['LLM06:2026', 'AML.T0029', 'AML.T0034'],
    codes: Object.fromEntries(Object.entries(LIMIT_CODES).map(([code, { message }]) => [code, message])),
  },
  options,
  open: (settings, context) => openLimitScan(settings, context),
})
