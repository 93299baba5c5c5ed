import type { Rule } from '../guard/rule.ts'
import type { Origin, Stage } from '../guard/stage.ts'
import { ladderFor, lowestThreshold } from './action-table.ts'
import { compileRules, type RuleSet, type RuleSource } from './compile-rules.ts'
import type { ExceptionFilter } from './exceptions.ts'
import { type GateGuard, type GateSettings, holds, type TextPassage } from './gate-guard.ts'
import { GateScan } from './gate-scan.ts'

/** The composed guards of one stage. Build once, use for every text. */
export class Gate {
  readonly stage: Stage
  readonly guards: readonly GateGuard[]
  readonly settings: GateSettings
  readonly #ruleSets = new Map<Origin, RuleSet>()
  readonly #exceptions: ExceptionFilter
  readonly #guardOf: ReadonlyMap<string, GateGuard>

  constructor(stage: Stage, guards: readonly GateGuard[], settings: GateSettings, exceptions: ExceptionFilter) {
    this.stage = stage
    this.guards = guards.filter((guard) => guard.definition.meta.stages.includes(stage))
    this.settings = settings
    this.#exceptions = exceptions
    this.#guardOf = new Map(this.guards.map((guard) => [guard.definition.meta.id, guard]))
  }

  /** Opens a scan of one text. */
  open(origin: Origin, passage: TextPassage = {}, kind: 'whole' | 'only-rules' | 'follower' = 'whole'): GateScan {
    return new GateScan({
      stage: this.stage,
      origin,
      guards: this.guards,
      guardOf: this.#guardOf,
      rules: this.rulesFor(origin),
      settings: this.settings,
      isExcepted: this.#exceptions.forPassage(this.stage, passage),
      onlyRules: kind === 'only-rules',
      conversation: passage.conversation,
      evidence: kind === 'whole' ? passage.evidence : undefined,
      pseudonymizer: passage.pseudonymizer,
      isOwn: passage.restoration && ((value) => passage.restoration?.isOwn(value) === true),
      asleep: kind === 'follower',
    })
  }

  /** The compiled rules for texts of that origin; compiled on first use. */
  rulesFor(origin: Origin): RuleSet {
    let set = this.#ruleSets.get(origin)
    if (!set) {
      const sources: RuleSource[] = this.guards.map((guard) => ({
        guard: guard.definition,
        rules: guard.rules.filter((rule) => canMatter(guard, rule)),
        holds: (rule) => holds(guard, rule.code, rule.entity),
      }))
      set = compileRules(sources, this.stage, origin)
      this.#ruleSets.set(origin, set)
    }
    return set
  }
}

/** Whether the rule can ever reach a threshold; one that cannot need not run. */
function canMatter(guard: GateGuard, rule: Rule): boolean {
  if (guard.definition.scored || rule.validate) return true
  return (
    rule.confidence + (rule.context?.boost ?? 0) >= lowestThreshold(ladderFor(guard.policy, rule.code, rule.entity))
  )
}
