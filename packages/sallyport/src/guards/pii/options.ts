import { z } from 'zod'
import { ENTITY_NAMES, PACK_NAMES, RECOMMENDED_PACKS } from './packs/index.ts'

const operator = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('redact') }),
  z.strictObject({
    operator: z.literal('mask'),
    /** Characters of letters and digits left readable at the end. */
    keepLast: z.number().int().min(0).max(8).default(4),
    character: z.string().length(1).default('*'),
  }),
  z.strictObject({ operator: z.literal('hash') }),
])

const entityName = z.enum(ENTITY_NAMES)

export const piiOptions = z
  .strictObject({
    /** Exactly these entities, from any pack. Default: all entities of the chosen packs. */
    entities: z.array(entityName).min(1).optional(),
    /** Region packs to look for, or `all`. */
    packs: z.union([z.literal('all'), z.array(z.enum(PACK_NAMES))]).default([...RECOMMENDED_PACKS]),
    /** What stands in place of a redacted match: `redact` (`[CREDIT_CARD]`), `mask` or `hash`; per entity below. */
    operator: operator.default({ operator: 'redact' }),
    /** Operators for single entities, e.g. `{ CREDIT_CARD: { operator: 'mask', keepLast: 4 } }`. */
    operators: z.partialRecord(entityName, operator).default({}),
    /** 0 to 1. Matches less sure than this are not reported at all. */
    minimumConfidence: z.number().min(0).max(1).default(0),
    /** Keyed digest for the `hash` operator, e.g. an HMAC with a key of the installation. Given in code only. */
    digest: z.custom<(value: string) => string>((value) => typeof value === 'function').optional(),
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
