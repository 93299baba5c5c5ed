import { z } from 'zod'
import { type Policy, type PolicyInput, policySchema, type PresetName } from '../config/policy.ts'
import { SallyportError } from '../errors/sallyport-error.ts'
import type { Finding } from '../guard/finding.ts'
import type { GuardDefinition } from '../guard/guard.ts'
import { defaultOrigin, type Origin, type Stage, STAGES } from '../guard/stage.ts'
import type { CallCounter, ToolCall } from '../guard/tool-call.ts'
import { toolTable } from '../guard/tool-settings.ts'
import type { RestorePlace, RestoreRule } from '../guard/pseudonyms.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { TextPart } from '../conversation/text-part.ts'
import type { SecondOpinion } from '../guard/second-opinion.ts'
import { mergeGuardPolicy, stagePolicies } from './action-table.ts'
import { askOpinions } from './ask-opinions.ts'
import { CallGate, type CallVerdict, type GateJudge } from './call-gate.ts'
import { checkToolCall, type ToolCallVerdict } from './check-tool-call.ts'
import { type ConversationVerdict, joinParts, type JudgedPart } from './check-parts.ts'
import { measureRule } from './compile-rules.ts'
import { compileExceptions } from './exceptions.ts'
import { Gate } from './gate.ts'
import type { GateGuard, GateSettings, Passage, TextPassage } from './gate-guard.ts'
import { DoubleReading, judgeText } from './double-reading.ts'
import { OutputStream } from '../stream/output-stream.ts'
import type { Preset } from '../presets/preset.ts'

export interface ShieldOptions {
  /**
   * Keyed digest of a matched text (HMAC with a key of the installation), put into findings so that the same value is
   * recognised without being stored. Without it findings carry no fingerprint.
   */
  readonly fingerprint?: (text: string) => string
  /** Slower detectors that are asked about texts on which rules and the built-in model are in doubt. Default none. */
  readonly secondOpinions?: readonly SecondOpinion[]
  /** Epoch milliseconds; decides when exceptions expire. Default `Date.now`. */
  readonly now?: () => number
  /** Counts tool calls for the limits of `tools:`. Default: nothing may be used that has a limit. */
  readonly callCounter?: CallCounter
}

export interface CheckRequest {
  readonly text: string
  /** Default `input`. */
  readonly stage?: Stage
  /** Default: follows from the stage (`input` is the user's, `retrieval` retrieved, …). */
  readonly origin?: Origin
  /** The tool whose arguments the text is, for the values that tool is granted. */
  readonly tool?: string
}

/** A policy compiled into its five gates. */
export interface Shield {
  readonly policy: Policy
  /** The guards in force, with the stages they watch. */
  readonly guards: readonly GuardDefinition[]
  /** Judges one text. */
  check(request: CheckRequest, passage?: Passage): Promise<Verdict>
  /** Judges the parts of a conversation, each by its stage, and what is split over several of them. */
  checkParts(parts: readonly TextPart[], passage?: Passage): Promise<ConversationVerdict>
  /**
   * Judges a tool call whole: its texts, then what the policies of its tool say of the call as the edits leave it.
   *
   * @example
   * ```ts
   * const verdict = await shield.checkToolCall({ tool: 'send_email', arguments: { to }, conversation })
   * if (verdict.decision.kind === 'allow') await sendEmail(verdict.arguments)
   * ```
   */
  checkToolCall(call: ToolCall, passage?: Passage): Promise<ToolCallVerdict>
  /** True when the policy file has `tools:`, so that tool calls are judged beyond their texts. */
  readonly judgesCalls: boolean
  /** Judges a tool call by the policies of its tools. Its texts are judged by `check` or `checkParts`, before. */
  judgeCall(call: ToolCall, passage?: Passage): Promise<CallVerdict>
  /** Opens a streamed text: what `push` gives back may be sent, the rest waits. */
  openStream(where: { readonly stage: Stage; readonly origin?: Origin }, passage?: Passage): OutputStream
}

/**
 * Builds a shield from the guards at hand, a preset and changes to it.
 *
 * @throws SallyportError `invalid-policy` naming every wrong key or value at once, with the nearest right one.
 */
export function buildShield(
  available: readonly GuardDefinition[],
  presets: Readonly<Record<PresetName, Preset>>,
  input: PolicyInput | PresetName = 'recommended',
  options: ShieldOptions = {},
): Shield {
  const policy = parsePolicy(typeof input === 'string' ? { preset: input } : input)
  const preset = presets[policy.preset]
  const problems: string[] = unknownGuards(policy, available)
  const settings: GateSettings = {
    maxWork: policy.limits.maxWork,
    fingerprint: options.fingerprint,
    alwaysScored: ['prompt-injection'],
  }
  const perStage = new Map<Stage, GateGuard[]>(STAGES.map((stage) => [stage, []]))
  const inForce: GuardDefinition[] = []
  const judges: GateJudge[] = []
  const tools = policy.tools === undefined ? undefined : toolTable(policy.tools)
  let restoreRule: ((place: RestorePlace) => RestoreRule) | undefined
  for (const definition of available) {
    const { id } = definition.meta
    const merged = mergeGuardPolicy(preset[id] ?? {}, policy.guards[id] ?? {})
    const stages = stagePolicies(merged)
    if (stages.size === 0) continue
    const parsed = definition.options.safeParse(merged.options ?? {})
    if (!parsed.success) {
      problems.push(
        ...parsed.error.issues.map((issue) => `guards.${id}.options${pathOf(issue.path)}: ${issue.message}`),
      )
      continue
    }
    const guardOptions = parsed.data
    if (definition.judge !== undefined) {
      const stagePolicy = stages.get('tool-call')
      if (tools === undefined || stagePolicy === undefined) continue
      const failOpen = merged.failOpen ?? false
      const guard: GateGuard = { definition, options: guardOptions, rules: [], policy: stagePolicy, failOpen }
      judges.push({ guard, judge: definition.judge(guardOptions, tools, options.callCounter ?? NO_COUNTER) })
      inForce.push(definition)
      continue
    }
    const rules = definition.rules?.(guardOptions) ?? []
    // A pattern that cannot be scanned is its author's mistake and shows now, not with the first text.
    for (const rule of rules) measureRule(id, rule)
    inForce.push(definition)
    if (definition.restores) restoreRule ??= (place) => definition.restores?.(guardOptions, place) ?? (() => 'keep')
    for (const [stage, stagePolicy] of stages) {
      const failOpen = merged.failOpen ?? false
      perStage.get(stage)?.push({ definition, options: guardOptions, rules, policy: stagePolicy, failOpen })
    }
  }
  if (problems.length > 0) throw new SallyportError('invalid-policy', problems.join('\n'))

  const exceptions = compileExceptions(policy.exceptions, options.now ?? Date.now)
  const gates = new Map(
    STAGES.map((stage) => [stage, new Gate(stage, perStage.get(stage) ?? [], settings, exceptions)]),
  )
  const callGate = new CallGate(judges, exceptions)
  const gate = (stage: Stage): Gate => gates.get(stage) as Gate
  const passageAt = (place: RestorePlace, passage: Passage = {}): TextPassage => {
    const { restorer } = passage
    if (restorer === undefined || restoreRule === undefined) return passage
    return { ...passage, restoration: restorer.open(restoreRule(place), place) }
  }
  /** Placeholders are undone first, so that what is judged is what is read: spans are places in the restored text. */
  const judge = async (written: TextPart, given?: Passage): Promise<JudgedPart> => {
    const passage = passageAt(written, given)
    const text = passage.restoration?.push(written.text, true) ?? written.text
    const part = text === written.text ? written : { ...written, text }
    const { stage, origin } = part
    let verdict = judgeText(gate(stage), text, origin, passage)
    if (options.secondOpinions && verdict.outcome !== 'block') {
      const score = verdict.score['prompt-injection'] ?? 0
      const evidence = await askOpinions(options.secondOpinions, { text, stage, origin, score })
      if (evidence.length > 0) verdict = judgeText(gate(stage), text, origin, { ...passage, evidence })
    }
    return { part, isRestored: part !== written, passage, verdict }
  }

  const shield: Shield = {
    policy,
    guards: inForce,
    check: async ({ text, stage = 'input', origin = defaultOrigin(stage), tool }, passage) =>
      (await judge({ path: '', text, stage, origin, ...(tool !== undefined && { tool }) }, passage)).verdict,
    checkParts: async (parts, passage) => {
      const judged: JudgedPart[] = []
      for (const part of parts) judged.push(await judge(part, passage))
      return joinParts(judged, (part) => gate(part.stage))
    },
    checkToolCall: (call, passage) => checkToolCall(call, passage, shield.checkParts, shield.judgeCall),
    judgesCalls: callGate.isActive,
    judgeCall: (call, passage) => callGate.judge(call, passage),
    openStream: ({ stage, origin = defaultOrigin(stage) }, passage) =>
      new OutputStream(new DoubleReading(gate(stage), origin, passageAt({ stage }, passage))),
  }
  return shield
}

/** A limit that nobody counts is reached at once. */
const NO_COUNTER: CallCounter = { take: () => false }

/** Parses a policy, all problems at once. */
export function parsePolicy(input: PolicyInput): Policy {
  const parsed = policySchema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new SallyportError('invalid-policy', z.prettifyError(parsed.error))
}

function unknownGuards(policy: Policy, available: readonly GuardDefinition[]): string[] {
  const known = new Set(available.map((guard) => guard.meta.id))
  const named = [...Object.keys(policy.guards), ...policy.exceptions.map((exception) => exception.guard)]
  return named.filter((id) => !known.has(id)).map((id) => `unknown guard "${id}"; known: ${[...known].join(', ')}`)
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `.${String(key)}`).join('')
}

/** Throws for those who prefer an exception to a value. */
export function assertAllowed(verdict: {
  readonly decision: Verdict['decision']
  readonly findings: readonly Finding[]
}): void {
  const { decision } = verdict
  if (decision.kind === 'deny' || decision.kind === 'require-approval')
    throw new SallyportError('denied', decision.reason)
}
