import { z } from 'zod'
import { ioSchema } from './io-schema.ts'
import { boundedList, probability } from './list-fields.ts'
import { htmlText, safeHtml, secureText } from './text-fields.ts'

/** The input of an agent that is given no schema. */
export const BasicChatInputSchema = ioSchema('BasicChatInputSchema', 'A chat message from the user to the assistant.', {
  chat_message: z.string().describe('The chat message of the user.'),
})

/** The output of an agent that is given no schema. */
export const BasicChatOutputSchema = ioSchema(
  'BasicChatOutputSchema',
  'The answer of the assistant, in words for the user.',
  { chat_message: z.string().describe('The answer, as Markdown where formatting helps.') },
)

/** A user's message, bounded, cleaned and checked for attempts to override the instructions. */
export const SecureInputSchema = ioSchema('SecureInputSchema', 'Input with security validations.', {
  message: secureText({ max: 10_000, description: 'User message' }),
})

/** An answer for a web page: its text is sanitized HTML, its category one of three, its suggestions few and short. */
export const ConstrainedOutputSchema = ioSchema('ConstrainedOutputSchema', 'Output with strict constraints.', {
  message: safeHtml({ max: 5_000, description: 'Response message' }),
  category: z.enum(['info', 'warning', 'error']).describe('Response category'),
  confidence: probability('Confidence score, from 0 to 1'),
  suggestions: boundedList(htmlText({ max: 500, overflow: 'cut' }), { max: 5 })
    .default([])
    .describe('Suggestions (max 5)'),
})
