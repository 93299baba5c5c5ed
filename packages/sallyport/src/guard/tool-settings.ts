import { z } from 'zod'

const words = z.array(z.string().min(1).max(500)).min(1).max(1_000)
const count = z.int().min(1).max(1_000_000_000)
const period = z.int().min(1).max(31_536_000)

/** What one argument of a tool may be, and how much it steers. A list is judged item by item. */
export const argumentRuleSchema = z.strictObject({
  pattern: z.string().min(1).max(2_000).optional().describe('RE2 pattern that the whole text has to match.'),
  in: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .optional()
    .describe('The only values allowed.'),
  min: z.number().optional().describe('Smallest number.'),
  max: z.number().optional().describe('Largest number.'),
  maxLength: z.int().min(0).optional().describe('Most characters of a text (UTF-16 units).'),
  roots: words.optional().describe('Folders a path has to lie in; relative paths are read from the first one.'),
  hosts: words.optional().describe('Hosts a URL may name: `example.com`, `*.example.com`, a port if it matters.'),
  schemes: z
    .array(z.enum(['https', 'http', 'wss', 'ws', 'ftp']))
    .min(1)
    .optional()
    .describe('Schemes a URL may have. Default with `hosts`: https.'),
  methods: words.optional().describe('HTTP methods allowed, in any case.'),
  recipients: words.optional().describe('Addresses something may go to: `a@example.com`, `@example.com`, an account.'),
  spend: z
    .strictObject({ max: z.number().positive(), perSeconds: period })
    .optional()
    .describe('Most that the amounts of all calls of a caller may add up to in a time.'),
  from: z
    .enum(['user', 'trusted', 'anywhere'])
    .default('trusted')
    .describe(
      'Where the value must come from once untrusted text was read. user: the user or developer gave it. trusted: or a trusted tool did. anywhere: it steers nothing, so the model may write it.',
    ),
  sink: z.boolean().default(false).describe('It says where data goes: a recipient, an address, a channel.'),
})

/** Where a record of a result has its name, and what the name stands for. */
const recordsSchema = z.strictObject({
  name: z.string().min(1).describe('Field with the name people use, e.g. title.'),
  fields: words.describe('Fields that stand for the named record, e.g. id: written by the system, not by a sender.'),
})

/** One tool in the policy file. What is not said is taken at its worst: private, untrusted, external. */
export const toolSettingsSchema = z.strictObject({
  use: z.enum(['allow', 'review', 'block']).default('allow').describe('review: a person decides about each call.'),
  who: z
    .strictObject({ users: words.optional(), keys: words.optional(), roles: words.optional() })
    .optional()
    .describe('Who may use it; each list that is given has to name the caller.'),
  schema: z.record(z.string(), z.unknown()).optional().describe('JSON Schema of the arguments.'),
  arguments: z
    .record(z.string(), argumentRuleSchema)
    .default({})
    .describe('Rules by argument; `a.b` is inside an object, lists are walked.'),
  limits: z
    .array(z.strictObject({ calls: count, perSeconds: period }))
    .default([])
    .describe('How often a caller may use it.'),
  effect: z
    .enum(['none', 'local', 'external'])
    .default('external')
    .describe('none: it only reads. local: it changes what only the user sees. external: something leaves.'),
  effectWithoutSink: z
    .enum(['none', 'local'])
    .optional()
    .describe('The effect of a call whose sinks are all empty, e.g. an event without guests. Default: as `effect`.'),
  consequential: z
    .boolean()
    .optional()
    .describe(
      'Untrusted text must not steer it: every value counts. Default: tools whose effect is external; a local one needs at least one value that the user gave. false: no value is asked for.',
    ),
  reads: z
    .enum(['public', 'private', 'secret'])
    .default('private')
    .describe('The most confidential thing in its results.'),
  returns: z
    .enum(['trusted', 'trusted-text', 'untrusted'])
    .default('untrusted')
    .describe(
      'untrusted: others may have written what it gives back. trusted: nobody else can; a result with a text of a sentence or more counts as untrusted all the same. trusted-text: also then.',
    ),
  records: recordsSchema.optional().describe('Lets a value stand for a record that the user called by its name.'),
})

export const toolNameSchema = z
  .string()
  .regex(/^[\w.:/-]{1,128}\*?$|^\*$/, 'A tool name: letters, digits, . : / _ -, and * at the end for any rest.')

export const toolsSchema = z.record(toolNameSchema, toolSettingsSchema)

export type ArgumentRule = z.infer<typeof argumentRuleSchema>
export type ToolSettings = z.infer<typeof toolSettingsSchema>
export type ToolsInput = z.input<typeof toolsSchema>

/** The tools of a policy, found by name. */
export interface ToolTable {
  /** The tool of that name, else the longest entry ending in `*` that begins it. */
  find(name: string): ToolSettings | undefined
  readonly entries: readonly (readonly [name: string, settings: ToolSettings])[]
}

export function toolTable(tools: Readonly<Record<string, ToolSettings>>): ToolTable {
  const entries = Object.entries(tools)
  const exact = new Map(entries.filter(([name]) => !name.endsWith('*')))
  const prefixes = entries
    .filter(([name]) => name.endsWith('*'))
    .map(([name, settings]) => [name.slice(0, -1), settings] as const)
    .toSorted(([a], [b]) => b.length - a.length)
  return {
    entries,
    find: (name) => exact.get(name) ?? prefixes.find(([prefix]) => name.startsWith(prefix))?.[1],
  }
}
