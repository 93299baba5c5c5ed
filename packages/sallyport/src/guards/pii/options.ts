import { z } from 'zod'
import { ENTITY_NAMES, PACK_NAMES, RECOMMENDED_PACKS } from './packs/index.ts'

const operator = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('redact') }),
  z.strictObject({
    operator: z.literal('mask'),
    keepLast: z
      .number()
      .int()
      .min(0)
      .max(8)
      .default(4)
      .describe('Letters and digits left readable at the end, at most half of the value.'),
    character: z.string().length(1).default('*').describe('What stands for a hidden letter or digit.'),
  }),
  z.strictObject({ operator: z.literal('hash') }),
])

const entityName = z.enum(ENTITY_NAMES)

export const piiOptions = z
  .strictObject({
    entities: z
      .array(entityName)
      .min(1)
      .optional()
      .describe('Exactly these entities, from any pack. Default: all entities of the chosen packs.'),
    packs: z
      .union([z.literal('all'), z.array(z.enum(PACK_NAMES))])
      .default([...RECOMMENDED_PACKS])
      .describe('Packs to look for, or `all`.'),
    operator: operator
      .default({ operator: 'redact' })
      .describe(
        'What stands in place of a match: `redact` (`[CREDIT_CARD]`), `mask` (`**** **** **** 4242`) or `hash` (`[CREDIT_CARD:…]`).',
      ),
    operators: z
      .partialRecord(entityName, operator)
      .default({})
      .describe('Operators for single entities, e.g. `{ CREDIT_CARD: { operator: mask } }`.'),
    minimumConfidence: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('Matches less sure than this are not reported at all.'),
    digest: z
      .custom<(value: string) => string>((value) => typeof value === 'function')
      .optional()
      .describe('Keyed digest for `hash`, e.g. an HMAC with a key of the installation. Given in code only.'),
  })
  .superRefine((options, context) => {
    const used = [options.operator, ...Object.values(options.operators)]
    if (options.digest === undefined && used.some((entry) => entry?.operator === 'hash')) {
      context.addIssue({
        code: 'custom',
        path: ['digest'],
        message:
          'The hash operator needs a keyed digest function: an unkeyed hash of a card number is reversed in seconds.',
      })
    }
  })

export type PiiOptions = z.infer<typeof piiOptions>
export type PiiOperator = z.infer<typeof operator>
