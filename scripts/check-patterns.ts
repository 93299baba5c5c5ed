import { judgeRule } from './patterns/judge-rule.ts'
import { shippedRules } from './patterns/shipped-rules.ts'

/**
 * Checks that every shipped pattern is fit for hostile text: `npx tsx scripts/check-patterns.ts [minimum count] [guard or
 * guard/code]`. Fails on fewer patterns than the minimum, so that it cannot pass on nothing.
 */
const DEFAULT_MINIMUM = 500

const [minimumArgument, only] = process.argv.slice(2)
const minimum = Number(minimumArgument ?? DEFAULT_MINIMUM)
const rules = shippedRules().filter(({ name }) => only === undefined || name === only || name.startsWith(`${only}/`))

let safe = 0
let covered = 0
let worst = { name: 'none', steps: 0 }
for (const { name, rule } of rules) {
  const { problems, steps, hasLiterals } = judgeRule(rule)
  for (const problem of problems) console.error(`${name}: ${problem}`)
  if (problems.length > 0) continue
  safe++
  if (hasLiterals) covered++
  if (steps > worst.steps) worst = { name, steps }
}

console.log(
  `patterns: ${safe} safe, ${rules.length - safe} not; ${covered} with literals that cover them; ` +
    `slowest attempt ${worst.steps} steps (${worst.name})`,
)
if (!(rules.length >= minimum)) console.error(`patterns: ${rules.length} found, at least ${minimum} expected`)
process.exitCode = safe === rules.length && rules.length >= minimum ? 0 : 1
