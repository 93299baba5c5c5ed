import { mergeGuardPolicy, stagePolicies } from '../compose/action-table.ts'
import { parsePolicy } from '../compose/create-shield.ts'
import { judgeText } from '../compose/double-reading.ts'
import { compileExceptions } from '../compose/exceptions.ts'
import { Gate } from '../compose/gate.ts'
import { promptInjection } from '../guards/index.ts'
import { recommended } from '../presets/recommended.ts'

let gate: Gate | undefined

/**
 * Whether the prompt-injection guard, as `recommended` sets it for what users type, blocks the text. Answers at once, so
 * that a schema field with it can be parsed synchronously.
 */
export function steersModel(text: string): boolean {
  gate ??= injectionGate()
  return judgeText(gate, text, 'user').outcome === 'block'
}

function injectionGate(): Gate {
  const policy = stagePolicies(mergeGuardPolicy(recommended['prompt-injection'] ?? {}, {})).get('input')
  if (!policy) throw new TypeError('The recommended preset has no prompt-injection guard on the input.')
  const options = promptInjection.options.parse({})
  const rules = promptInjection.rules?.(options) ?? []
  const { maxWork } = parsePolicy({}).limits
  return new Gate(
    'input',
    [{ definition: promptInjection, options, rules, policy, failOpen: false }],
    { maxWork, fingerprint: undefined, alwaysScored: [] },
    compileExceptions([], Date.now),
  )
}
