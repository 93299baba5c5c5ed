import { type Action, ACTIONS } from '../guard/decision.ts'
import { type Stage, STAGES } from '../guard/stage.ts'
import type { Actions, GuardPolicy, StageAction } from '../config/policy.ts'

/** Confidence from which each action applies; absent actions never do. */
export type Ladder = Readonly<Partial<Record<Action, number>>>

/** Confidence from which a plain action (`pii: redact`) applies. */
export const DEFAULT_THRESHOLD = 0.5

/** What one guard's policy says at one stage. */
export interface StagePolicy {
  readonly ladder: Ladder
  readonly byCode: ReadonlyMap<string, Ladder>
}

/** The strongest action whose threshold `confidence` reaches. */
export function actionFor(ladder: Ladder, confidence: number): Action | undefined {
  let strongest: Action | undefined
  for (const action of ACTIONS) {
    const threshold = ladder[action]
    if (threshold !== undefined && confidence >= threshold) strongest = action
  }
  return strongest
}

/** True when the ladder can change or stop text, so that text has to wait for its guard. */
export function canHold(ladder: Ladder): boolean {
  return ladder.redact !== undefined || ladder.review !== undefined || ladder.block !== undefined
}

/** The lowest threshold of the ladder: below it a match is no finding. */
export function lowestThreshold(ladder: Ladder): number {
  return Math.min(...ACTIONS.map((action) => ladder[action] ?? Infinity))
}

/** The ladder for a match: by entity first, then by code, else the guard's. */
export function ladderFor(policy: StagePolicy, code: string, entity: string | undefined): Ladder {
  return (entity !== undefined ? policy.byCode.get(entity) : undefined) ?? policy.byCode.get(code) ?? policy.ladder
}

/** The stage policies a guard policy amounts to; stages it switches off are absent. */
export function stagePolicies(policy: GuardPolicy): ReadonlyMap<Stage, StagePolicy> {
  const result = new Map<Stage, StagePolicy>()
  if (policy.enabled === false) return result
  for (const stage of STAGES) {
    const base = atStage(policy.actions, stage)
    const byCode = new Map<string, Ladder>()
    for (const [code, actions] of Object.entries(policy.rules ?? {})) {
      const own = atStage(actions, stage)
      if (own !== undefined) byCode.set(code, toLadder(own))
    }
    if (base === undefined && byCode.size === 0) continue
    const ladder = toLadder(base ?? 'off')
    if ([ladder, ...byCode.values()].every((each) => Object.keys(each).length === 0)) continue
    result.set(stage, { ladder, byCode })
  }
  return result
}

function isStageAction(actions: Actions): actions is StageAction {
  return typeof actions === 'string' || ACTIONS.some((action) => Object.hasOwn(actions, action))
}

function atStage(actions: Actions | undefined, stage: Stage): StageAction | undefined {
  if (actions === undefined) return undefined
  return isStageAction(actions) ? actions : (actions as Partial<Record<Stage, StageAction>>)[stage]
}

function toLadder(action: StageAction): Ladder {
  if (action === 'off') return {}
  if (typeof action === 'string') return { [action]: DEFAULT_THRESHOLD }
  const ladder: Partial<Record<Action, number>> = {}
  for (const name of ACTIONS) {
    const threshold = action[name]
    if (threshold !== undefined) ladder[name] = threshold
  }
  return ladder
}

/** Merges a user's guard policy over the preset's: options and maps in them key by key, actions stage by stage, rules code by code. */
export function mergeGuardPolicy(base: GuardPolicy, over: GuardPolicy): GuardPolicy {
  return {
    ...base,
    ...over,
    options: mergeOptions(base.options, over.options),
    rules: { ...base.rules, ...over.rules },
    ...(over.actions !== undefined && { actions: mergeActions(base.actions, over.actions) }),
  }
}

type Options = Readonly<Record<string, unknown>>

function mergeOptions(base: Options = {}, over: Options = {}): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base, ...over }
  for (const [key, value] of Object.entries(over)) {
    const known = base[key]
    if (isMap(known) && isMap(value)) merged[key] = { ...known, ...value }
  }
  return merged
}

function isMap(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mergeActions(base: Actions | undefined, over: Actions): Actions {
  if (isStageAction(over)) return over
  const merged: Partial<Record<Stage, StageAction>> = {}
  for (const stage of STAGES) {
    const action = atStage(over, stage) ?? atStage(base, stage)
    if (action !== undefined) merged[stage] = action
  }
  return merged
}
