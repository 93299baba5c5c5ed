import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { configFromEnvironment, configJsonSchema, ConfigurationError, environmentFaults } from '@sallyport/gateway'
import { type ConfigProblem, describeProblems, locateValues } from 'sallyport/config'
import { renderEffective } from '../config/effective.ts'
import { checkKeys } from '../config/check-keys.ts'
import { findRisks, type Grade, GRADES, type Risk } from '../config/risks.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type ConfigFile, findConfig, loadConfig, type LoadedConfig, readConfigText } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

export interface CheckConfigOptions {
  readonly json?: boolean
  readonly failOn?: Grade
}

/** `sallyport config check [FILE]`: every problem, then what is legal and dangerous. */
export async function checkConfig(
  named: string | undefined,
  options: CheckConfigOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const file = findConfig(named, terminal)
  if (file === undefined) throw new UsageError('There is no sallyport.yaml here: name a file, or run "sallyport init".')
  const text = await readConfigText(file)
  const loaded = loadConfig(text)
  const problems = [...(loaded.ok ? [] : loaded.problems), ...problemsOfEnvironment(loaded, terminal)]
  const lines = locateValues(text)
  const risks = loaded.ok ? [...findRisks(effective(loaded.value, terminal, problems), Date.now())] : []
  if (loaded.ok) risks.push(...missingSecrets(loaded.value, terminal))
  const runs = loaded.ok ? effective(loaded.value, terminal, problems) : undefined
  if (runs !== undefined)
    for (const { risk, problem } of checkKeys(runs.gateway, terminal.env, lines)) {
      if (risk !== undefined) risks.push(risk)
      if (problem !== undefined) problems.push(problem)
    }
  if (options.json) {
    const located = risks.map((risk) => ({ ...risk, ...lineOf(risk.path, lines) }))
    terminal.out.write(`${JSON.stringify({ file, problems, risks: located })}\n`)
  } else {
    const name = nameOf(file)
    if (problems.length > 0) terminal.out.write(`${describeProblems(name, problems)}\n`)
    for (const risk of risks) terminal.out.write(describeRisk(name, risk, lines))
    if (problems.length === 0) terminal.out.write(`${name}: valid${summary(risks)}\n`)
  }
  if (problems.length > 0) return EXIT.usage
  const { failOn } = options
  const reached = failOn !== undefined && risks.some(({ grade }) => GRADES.indexOf(grade) >= GRADES.indexOf(failOn))
  return reached ? EXIT.failed : EXIT.done
}

/** `sallyport config print [FILE]`: the configuration as it would run, with the origin of each value. */
export async function printConfig(named: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(named, terminal)
  const text = file === undefined ? '' : await readConfigText(file)
  const name = file === undefined ? 'defaults' : nameOf(file)
  const loaded = loadConfig(text)
  if (!loaded.ok) throw new UsageError(describeProblems(name, loaded.problems))
  try {
    terminal.out.write(await renderEffective({ config: loaded.value, text, name, environment: terminal.env }))
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new UsageError(cause.message, { cause })
    throw cause
  }
  for (const variable of SECRET_VARIABLES) {
    if (terminal.env[variable]) terminal.out.write(`# environment ${variable}: ******** (set)\n`)
  }
  return EXIT.done
}

/** `sallyport config schema`: the JSON Schema of the file, for editors. */
export function printConfigSchema(terminal: Terminal): ExitCode {
  terminal.out.write(`${JSON.stringify(configJsonSchema(), undefined, 2)}\n`)
  return EXIT.done
}

/** Short where it lies below the current folder, else whole. */
function nameOf(file: string): string {
  const name = relative('', file)
  return name.startsWith('..') ? file : name
}

const SECRET_VARIABLES = ['SALLYPORT_BOOTSTRAP_ADMIN_KEY', 'SALLYPORT_BOOTSTRAP_CLIENT_KEY', 'OPENAI_API_KEY']

function problemsOfEnvironment(loaded: LoadedConfig, { env }: Terminal): readonly ConfigProblem[] {
  const faults = environmentFaults(loaded.ok ? loaded.value.gateway : {}, env)
  return faults.map((message) => ({ path: 'environment', line: 1, column: 1, message }))
}

/** Risks are those of what would run: the environment may open what the file keeps shut. */
function effective(config: ConfigFile, { env }: Terminal, problems: readonly ConfigProblem[]): ConfigFile {
  return problems.length > 0 ? config : { ...config, gateway: configFromEnvironment(config.gateway, env) }
}

/** Low, because the file may be checked elsewhere than where it runs. */
function* missingSecrets({ gateway }: ConfigFile, { env }: Terminal): Generator<Risk> {
  for (const [index, { apiKey }] of gateway.upstreams.entries()) {
    const isMissing =
      apiKey?.startsWith('env:') === true
        ? !env[apiKey.slice('env:'.length)]
        : apiKey?.startsWith('file:') === true && !existsSync(apiKey.slice('file:'.length))
    if (!isMissing) continue
    const path = `gateway.upstreams.${index}.apiKey`
    const message = `There is no secret at ${apiKey ?? ''} here.`
    const fix = 'The upstream cannot be used without it: set it where the gateway runs.'
    yield { code: 'secret-missing', grade: 'low', path, message, fix }
  }
}

/** The line of a setting, or of the nearest thing around it that stands in the file. */
function lineOf(path: string, lines: ReadonlyMap<string, number>): { readonly line?: number } {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const line = lines.get(at)
    if (line !== undefined) return { line }
  }
  return {}
}

function describeRisk(name: string, risk: Risk, lines: ReadonlyMap<string, number>): string {
  const { line } = lineOf(risk.path, lines)
  const place = line === undefined ? name : `${name}:${line}`
  return `${risk.grade.toUpperCase().padEnd(6)} ${place} ${risk.path}: ${risk.message}\n       ${risk.fix}\n`
}

function summary(risks: readonly Risk[]): string {
  if (risks.length === 0) return ', no risky settings'
  const counts = GRADES.toReversed().map(
    (grade) => [risks.filter((risk) => risk.grade === grade).length, grade] as const,
  )
  return `, risks: ${counts.flatMap(([count, grade]) => (count > 0 ? [`${count} ${grade}`] : [])).join(', ')}`
}
