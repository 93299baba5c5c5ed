import type { CallCounter, CallJudge, CallMatch, Principal, ToolCall } from '../../guard/tool-call.ts'
import type { ToolSettings, ToolTable } from '../../guard/tool-settings.ts'
import { valuesAt } from '../arguments.ts'
import { argumentTests, numberOf, type ArgumentTest } from './argument-rule.ts'
import { compileSchema, type SchemaTest } from './json-schema.ts'

/** A tool of the policy file, compiled. */
interface CompiledTool {
  /** As the policy file names it; `*` stays. */
  readonly name: string
  readonly settings: ToolSettings
  readonly schema: SchemaTest | undefined
  readonly rules: readonly {
    readonly name: string
    readonly trail: readonly string[]
    readonly tests: readonly ArgumentTest[]
  }[]
}

/**
 * Compiles the `tools:` of a policy file into the judge of who may call what, with which arguments and how often.
 *
 * @throws SallyportError `invalid-policy` for a pattern, host or schema that does not compile.
 */
export function toolPolicyJudge(tools: ToolTable, counter: CallCounter): CallJudge {
  const compiled = new Map<ToolSettings, CompiledTool>(
    tools.entries.map(([name, settings]) => [settings, compileTool(name, settings)]),
  )
  const find = (call: ToolCall): CompiledTool | undefined => {
    const settings = tools.find(call.tool)
    return settings && compiled.get(settings)
  }
  return {
    judge: (call) => {
      const tool = find(call)
      if (tool === undefined) {
        return { matches: [match('unknown-tool', 'medium', 'The tool is not in the policy file.')], because: '' }
      }
      return { matches: [...judgeTool(tool, call)], because: `the policy file lets this caller use ${tool.name} so` }
    },
    count: (call) => {
      const tool = find(call)
      return tool === undefined ? [] : countCall(tool, call, counter)
    },
  }
}

function compileTool(name: string, settings: ToolSettings): CompiledTool {
  return {
    name,
    settings,
    schema: settings.schema === undefined ? undefined : compileSchema(settings.schema, `tools.${name}.schema`),
    rules: Object.entries(settings.arguments).map(([argument, rule]) => ({
      name: argument,
      trail: argument.split('.'),
      tests: argumentTests(rule, `tools.${name}.arguments.${argument}`),
    })),
  }
}

function* judgeTool({ name, settings, schema, rules }: CompiledTool, call: ToolCall): Generator<CallMatch> {
  if (settings.use === 'block') yield match('tool-blocked', 'high', `The policy file blocks ${name}.`)
  if (settings.use === 'review') yield match('approval-required', 'info', `Each call of ${name} needs a person.`)
  if (!mayCall(settings.who, call.principal)) {
    yield match('caller-not-allowed', 'high', `This caller may not use ${name}.`)
  }
  if (rules.length > 0 && !isObject(call.arguments)) {
    yield match('argument-schema', 'medium', `The arguments of ${name} are no object, so no rule can read them.`)
  }
  const unfit = schema?.(call.arguments)
  if (unfit !== undefined) {
    const message = `The arguments of ${name} do not fit its schema in the policy file.`
    yield { ...match('argument-schema', 'medium', message), path: unfit }
  }
  for (const rule of rules) {
    for (const value of valuesAt(call.arguments, rule.trail)) {
      if (value === null || value === undefined) continue
      for (const test of rule.tests) {
        const breach = test(value)
        if (breach === undefined) continue
        const severity = breach.code === 'argument-rule' ? 'medium' : 'high'
        yield {
          ...match(breach.code, severity, `"${rule.name}" of ${name} ${breach.says}.`),
          path: `/${rule.trail.join('/')}`,
        }
        break
      }
    }
  }
}

/** Left out altogether is an object without anything in it. */
function isObject(value: unknown): boolean {
  return (value ?? undefined) === undefined || (typeof value === 'object' && !Array.isArray(value))
}

/** Every list that is given has to name the caller; a caller who is not known is on none. */
function mayCall(who: ToolSettings['who'], principal: Principal = {}): boolean {
  if (who === undefined) return true
  const isOn = (list: readonly string[] | undefined, value: string | undefined): boolean =>
    list === undefined || (value !== undefined && list.includes(value))
  return isOn(who.users, principal.user) && isOn(who.keys, principal.key) && isOn(who.roles, principal.role)
}

async function countCall(tool: CompiledTool, call: ToolCall, counter: CallCounter): Promise<readonly CallMatch[]> {
  const { name, settings } = tool
  const caller = JSON.stringify([call.principal?.user ?? '', call.principal?.key ?? '', name])
  for (const { calls, perSeconds } of settings.limits) {
    if (!(await counter.take(`calls ${perSeconds} ${caller}`, 1, { max: calls, perSeconds }))) {
      return [match('call-limit', 'medium', `The caller used ${name} as often as allowed.`)]
    }
  }
  for (const [argument, { spend }] of Object.entries(settings.arguments)) {
    if (spend === undefined) continue
    const given = valuesAt(call.arguments, argument.split('.')).filter((value) => value !== null && value !== undefined)
    // A negative amount must not give back what was spent.
    const amounts = given.map((value) => numberOf(value) ?? Infinity).map((value) => (value < 0 ? Infinity : value))
    const amount = amounts.reduce((sum, value) => sum + value, 0)
    if (amount > 0 && !(await counter.take(`spend ${argument} ${spend.perSeconds} ${caller}`, amount, spend))) {
      return [match('spend-limit', 'high', `"${argument}" of ${name} adds up to more than the caller may spend.`)]
    }
  }
  return []
}

function match(code: string, severity: CallMatch['severity'], message: string): CallMatch {
  return { code, severity, message }
}
