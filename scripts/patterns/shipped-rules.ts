import type { GuardDefinition, Rule } from '../../packages/sallyport/src/guard/guard.ts'
import { allGuards } from '../../packages/sallyport/src/guards/index.ts'
import { everything } from '../../packages/sallyport/src/presets/everything.ts'

export interface ShippedRule {
  /** `guard/code`. */
  readonly name: string
  readonly rule: Rule
}

/** Every rule that the guards declare by default or with the options of the preset `everything`, each pattern once. */
export function shippedRules(): readonly ShippedRule[] {
  const found = new Map<string, ShippedRule>()
  for (const guard of allGuards) {
    for (const rule of [...rulesOf(guard, {}), ...rulesOf(guard, everything[guard.meta.id]?.options ?? {})]) {
      const name = `${guard.meta.id}/${rule.code}`
      found.set(`${name} ${rule.pattern} ${rule.literals?.join('\n')}`, { name, rule })
    }
  }
  return [...found.values()]
}

function rulesOf(guard: GuardDefinition, options: unknown): readonly Rule[] {
  return guard.rules?.(guard.options.parse(options)) ?? []
}
