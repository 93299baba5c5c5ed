import { z } from 'zod'
import { ORIGINS } from '../../guard/stage.ts'
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
  z.strictObject({ operator: z.literal('pseudonymize') }),
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
        'What stands in place of a match: `redact` (`[CREDIT_CARD]`), `mask` (`**** **** **** 4242`), `hash` (`[CREDIT_CARD:…]`) or `pseudonymize` (`[EMAIL_ADDRESS_kwzqthbnfm]`, undone in the answer; without a vault like `redact`).',
      ),
    operators: z
      .partialRecord(entityName, operator)
      .default({})
      .describe('Operators for single entities, e.g. `{ CREDIT_CARD: { operator: mask } }`.'),
    restore: z
      .strictObject({
        origins: z
          .array(z.enum(ORIGINS))
          .default(['user', 'developer'])
          .describe('Whose pseudonymized values answers show again. Those of others stand as `[EMAIL_ADDRESS]`.'),
        tools: z
          .record(z.string(), z.union([z.literal('all'), z.array(entityName)]))
          .default({})
          .describe(
            'Tools whose arguments get values in place of placeholders, e.g. `{ send_email: [EMAIL_ADDRESS] }`.',
          ),
      })
      .prefault({}),
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
