import { z } from 'zod'
import { ACTIONS } from '../guard/decision.ts'
import { STAGES } from '../guard/stage.ts'
import { toolsSchema } from '../guard/tool-settings.ts'

const confidence = z.number().min(0).max(1)

/**
 * What to do at a stage: one action for everything above the guard's default threshold, `off`, or a ladder of actions
 * with the confidence (or, for scored guards, the score) from which each applies.
 */
export const stageActionSchema = z.union([
  z.enum([...ACTIONS, 'off']),
  z.strictObject({
    monitor: confidence.optional(),
    redact: confidence.optional(),
    review: confidence.optional(),
    block: confidence.optional(),
  }),
])

/** One answer for all stages, or an answer per stage (others keep the preset's). */
export const actionsSchema = z.union([stageActionSchema, z.partialRecord(z.enum(STAGES), stageActionSchema)])

export const guardPolicySchema = z.strictObject({
  enabled: z.boolean().optional().describe('Switches the guard on or off at every stage.'),
  actions: actionsSchema.optional().describe('What to do with its findings: one action, or one per stage.'),
  rules: z
    .record(z.string(), actionsSchema)
    .optional()
    .describe('Exceptions to `actions` by finding code or entity, e.g. EMAIL_ADDRESS: monitor.'),
  options: z.record(z.string(), z.unknown()).optional().describe("The guard's own options."),
  failOpen: z.boolean().optional().describe('Let text pass when the guard itself fails. Recorded each time.'),
})

export const exceptionSchema = z.strictObject({
  guard: z.string().describe('Guard whose findings are excepted.'),
  code: z.string().optional().describe('Finding code or entity; all of the guard when absent.'),
  stage: z.enum(STAGES).optional(),
  route: z.string().optional().describe('Gateway route, e.g. /v1/chat/completions.'),
  key: z.string().optional().describe('Id of the client key.'),
  fingerprint: z.string().optional().describe('Keyed fingerprint of the matched text, from a finding.'),
  expires: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .describe('Last moment it applies.'),
  reason: z.string().min(1).describe('Why, for the person who reads this next year.'),
})

export const PRESET_NAMES = ['recommended', 'strict', 'monitor', 'everything'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

/** The policy part of `sallyport.yaml`; the gateway adds its own keys beside it. */
export const policySchema = z.strictObject({
  preset: z.enum(PRESET_NAMES).default('recommended').describe('Where the policy starts from.'),
  guards: z.record(z.string(), guardPolicySchema).default({}).describe('Changes to the preset, by guard id.'),
  exceptions: z.array(exceptionSchema).default([]).describe('Findings to let pass, each with a reason and an expiry.'),
  tools: toolsSchema
    .optional()
    .describe('What the model may call, by tool name (`*` at the end: any rest). Without it every call passes.'),
  limits: z
    .strictObject({
      maxWork: z
        .int()
        .min(1_000)
        .default(20_000_000)
        .describe('Most characters all views of one text may amount to; beyond it the text is denied.'),
    })
    .prefault({}),
})

export type StageAction = z.infer<typeof stageActionSchema>
export type Actions = z.infer<typeof actionsSchema>
export type GuardPolicy = z.infer<typeof guardPolicySchema>
export type Exception = z.infer<typeof exceptionSchema>
export type Policy = z.infer<typeof policySchema>
export type PolicyInput = z.input<typeof policySchema>
