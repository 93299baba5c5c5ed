import { ACTIONS, presets, STAGES } from 'sallyport'
import type { GuardDefinition, Policy } from 'sallyport'
import type { GuardInfo, Outcome, Stage } from '../contract.ts'

/** What people may know of a guard: what it looks for and what the running policy does with it. */
export function guardInfo(guard: GuardDefinition, policy: Policy): GuardInfo {
  const { id, summary, stages, threats, codes = {} } = guard.meta
  const own = Object.entries(codes).map(([code, sentence]) => ({ code, summary: sentence }))
  const rules = (rulesOf(guard, policy) ?? []).map(({ code, message, severity }) => ({
    code,
    summary: message,
    severity,
  }))
  const byCode = new Map([...own, ...rules].map((entry) => [entry.code, entry]))
  const actions: Partial<Record<Stage, Outcome>> = {}
  for (const stage of stages) {
    const action = actionAt(policy.guards[id]?.actions, stage) ?? actionAt(presets[policy.preset][id]?.actions, stage)
    if (action !== undefined && action !== 'off') actions[stage] = action
  }
  return { id, summary, stages: [...stages], threats: [...threats], codes: [...byCode.values()], actions }
}

function rulesOf(guard: GuardDefinition, policy: Policy) {
  const { id } = guard.meta
  const options = { ...presets[policy.preset][id]?.options, ...policy.guards[id]?.options }
  const parsed = guard.options.safeParse(options)
  return parsed.success ? guard.rules?.(parsed.data) : undefined
}

type Actions = NonNullable<Policy['guards'][string]>['actions']

/** The strongest action a policy has for a stage. */
function actionAt(actions: Actions, stage: Stage): Outcome | 'off' | undefined {
  if (actions === undefined || typeof actions === 'string') return actions
  if (STAGES.some((name) => Object.hasOwn(actions, name))) {
    return actionAt((actions as Partial<Record<Stage, Actions>>)[stage], stage)
  }
  return ACTIONS.findLast((action) => Object.hasOwn(actions, action))
}
