import { z } from 'zod'

export const promptLeakOptions = z.strictObject({
  prompts: z
    .array(z.string())
    .readonly()
    .default([])
    .describe('System prompts to protect besides those of the conversation.'),
  canaries: z
    .array(z.string().regex(/^[\p{L}\p{N}_-]{12,64}$/u, 'a canary has 12 to 64 letters and digits'))
    .readonly()
    .default([])
    .describe('Tripwires to look for besides those that `createCanary` made and the system prompt holds.'),
  quotable: z
    .array(z.string())
    .readonly()
    .default([])
    .describe('Passages of a prompt that answers may quote: opening hours, prices, a disclaimer.'),
  minimumWords: z.int().min(4).max(200).default(12).describe('Words of the prompt in one passage that make it a leak.'),
  minimumShare: z
    .number()
    .min(0.1)
    .max(1)
    .default(0.6)
    .describe('The same for short prompts, as a share of their words; the smaller number counts.'),
  accumulatedWords: z
    .int()
    .min(6)
    .max(1000)
    .default(24)
    .describe('Words of the prompt that shorter passages of at least six words may give away in all.'),
})

export type PromptLeakOptions = z.infer<typeof promptLeakOptions>
