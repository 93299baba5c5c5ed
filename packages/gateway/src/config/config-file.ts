import { allGuards as textGuards, allPolicies, policySchema } from 'sallyport'
import { z } from 'zod'
import { gatewayConfigSchema } from './gateway-config.ts'

/** `sallyport.yaml` as it is read: the policy, and the gateway's part beside it. */
export const configFileSchema = policySchema.extend({
  gateway: gatewayConfigSchema.prefault({}).describe('The gateway: where it listens, what it serves, whom it trusts.'),
})

const allGuards = [...textGuards, ...allPolicies]
const guardIds = allGuards.map(({ meta }) => meta.id) as [string, ...string[]]
const guardPolicy = policySchema.shape.guards.unwrap().valueType
const exception = policySchema.shape.exceptions.unwrap().element

/**
 * The same file with every guard by name and each guard's own options: what problems are found with and what editors
 * complete from. Not for values: it would write a guard's defaults over what the preset says.
 */
export const configDetailSchema = configFileSchema.extend({
  guards: z
    .strictObject(
      Object.fromEntries(
        allGuards.map(({ meta, options }) => [
          meta.id,
          guardPolicy.extend({ options: options.optional() }).optional().describe(meta.summary),
        ]),
      ),
    )
    .default({})
    .describe('Changes to the preset, by guard.'),
  exceptions: z
    .array(exception.extend({ guard: z.enum(guardIds).describe('Guard whose findings are excepted.') }))
    .default([])
    .describe('Findings to let pass, each with a reason and an expiry.'),
})

/** The file's JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(configDetailSchema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  })
  return { $schema, title: 'sallyport.yaml', description: 'Policy and gateway of Sallyport.', ...schema }
}
