import { readFile } from 'node:fs/promises'
import { type PolicyInput, policySchema, type PresetName, SallyportError } from 'sallyport'
import { parseConfigOrThrow } from 'sallyport/config'
import { z } from 'zod'
import { UsageError } from './exit-code.ts'

/** How far detection goes: `1` and `auto` are rules and the learned model. */
export const TIERS = ['rules', '1', '2', 'auto'] as const

export interface PolicyOptions {
  readonly preset?: PresetName
  readonly policy?: string
  readonly tier: (typeof TIERS)[number]
}

/** The policy that `--preset`, `--policy` and `--tier` name. No file is read unless it is named. */
export async function policyFrom(options: PolicyOptions): Promise<PolicyInput> {
  if (options.preset && options.policy)
    throw new UsageError('Give --preset or --policy, not both: a policy file names its preset.')
  if (options.tier === '2') throw new UsageError('Tier 2 is not part of this build: use --tier auto, 1 or rules.')
  const policy = options.policy ? await readPolicy(options.policy) : { preset: options.preset ?? 'recommended' }
  return options.tier === 'rules' ? withoutModel(policy) : policy
}

/** The policy with the learned model of prompt-injection left out. */
function withoutModel(policy: PolicyInput): PolicyInput {
  const own = policy.guards?.['prompt-injection']
  const rulesOnly = { ...own, options: { ...own?.options, tier: 'rules' } }
  return { ...policy, guards: { ...policy.guards, 'prompt-injection': rulesOnly } }
}

/** Reads a policy file; keys of other parts (`gateway:` …) are none of its business. */
export async function readPolicy(file: string): Promise<PolicyInput> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(
      `Cannot read the policy file ${file}: ${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
      { cause },
    )
  }
  try {
    const { gateway: _, ...policy } = parseConfigOrThrow(
      text,
      policySchema.extend({ gateway: z.unknown().optional() }),
      file,
    )
    return policy
  } catch (cause) {
    if (SallyportError.isInstance(cause)) throw new UsageError(cause.message, { cause })
    throw cause
  }
}
