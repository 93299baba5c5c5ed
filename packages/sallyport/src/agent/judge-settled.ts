import type { AgentGates, GateAnswer } from './agent-gates.ts'
import { renderingsOf } from './rendered-text.ts'
import type { SchemaResult } from './standard-schema.ts'
import { textLeaves } from './text-leaves.ts'

const UNSTABLE = 'The answer holds what shows only once it is cleaned or rendered.'

/**
 * Judges an answer once more after its schema cleaned it, and as its reader sees it: taking a comment out of HTML joins what
 * stood apart when the gate looked. What is found then is edited if the schema still takes it, and denied if markup hides it.
 *
 * @param before What the gate let pass.
 * @param value What the schema made of it.
 */
export async function judgeSettled<Value>(
  before: unknown,
  value: Value,
  validate: (value: unknown) => SchemaResult<Value> | Promise<SchemaResult<Value>>,
  gates: AgentGates,
): Promise<GateAnswer<Value>> {
  let settled = value
  if (JSON.stringify(before) !== JSON.stringify(value)) {
    const again = await gates.check('output', value)
    if (!again.ok) return again
    if (again.value !== value) {
      const fitted = await validate(again.value)
      if (fitted.issues) return { ok: false, kind: 'deny', reason: UNSTABLE, value, findings: again.findings }
      settled = fitted.value
    }
  }
  const texts = textLeaves(settled, 'output', 'model').map(({ text }) => text)
  const shown = texts.flatMap(renderingsOf)
  if (shown.length > 0) {
    const seen = await gates.check('output', shown)
    if (!seen.ok) return { ...seen, value: settled }
    if (seen.value !== shown) {
      return { ok: false, kind: 'deny', reason: UNSTABLE, value: settled, findings: seen.findings }
    }
  }
  return { ok: true, value: settled, findings: [] }
}
