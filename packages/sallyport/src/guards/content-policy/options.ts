import { z } from 'zod'

/** What the topic rules know. Each is English, and matched as a request, not as a word. */
export const TOPICS = [
  'violence',
  'weapons',
  'drugs',
  'illegal-activities',
  'cybercrime',
  'hate',
  'self-harm',
  'sexual-minors',
  'personal-information',
] as const
export type Topic = (typeof TOPICS)[number]

const name = z
  .string()
  .regex(
    /^[a-z0-9]{1,32}(?:-[a-z0-9]{1,32}){0,8}$/,
    'Use lower case letters, digits and dashes: the name becomes part of a finding code.',
  )
const word = z
  .string()
  .max(200)
  .refine((text) => text.trim() !== '', 'A word must not be blank.')
const wordList = z.strictObject({
  words: z
    .array(word)
    .min(1)
    .describe('Words and phrases, matched whole, whatever their case, accents or look-alike letters.'),
  message: z.string().optional().describe('What people are told. It must not quote the text.'),
})

export const contentPolicyOptions = z.strictObject({
  topics: z.array(z.enum(TOPICS)).default([]).describe('Topics to look for.'),
  words: z
    .union([z.array(word), z.record(name, wordList)])
    .default([])
    .describe('Forbidden words: one list, or lists by name.'),
  patterns: z
    .array(
      z.strictObject({
        name: name.describe('Part of the finding code.'),
        pattern: z
          .string()
          .min(1)
          .max(2000)
          .describe('RE2 syntax, matched on the text as it stands; start with (?i) to ignore case.'),
        message: z.string().optional(),
      }),
    )
    .default([])
    .describe('Forbidden patterns.'),
})

export type ContentPolicyOptions = z.infer<typeof contentPolicyOptions>
