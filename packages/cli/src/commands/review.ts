import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configFileSchema, configFromEnvironment, startGateway } from '@sallyport/gateway'
import { type ItemResult, lookAtRuntime, Probes, runAudit, startOwnGateway } from '@sallyport/gateway/checklist'
import { parsePolicy, type PolicyInput } from 'sallyport'
import { verifyLog } from 'sallyport/audit'
import { describeProblems } from 'sallyport/config'
import { makeSourceReport } from '../audit/source-report.ts'
import { findRisks } from '../config/risks.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type ConfigFile, findConfig, loadConfig, readConfigText } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

export interface ReviewOptions {
  readonly config?: string
  readonly data?: string
  readonly source?: string
  readonly json?: boolean
}

/** One thing to look at, and what to do. */
interface Due {
  readonly what: string
  readonly urgency: 'now' | 'soon'
  readonly detail: string
  readonly fix: string
}

const SOON_DAYS = 30
const DAY_MS = 86_400_000

/** `sallyport review`: everything that is due, in one list. 0 when nothing is due now, 1 when something is. */
export async function reviewCommand(options: ReviewOptions, terminal: Terminal): Promise<ExitCode> {
  const file = findConfig(options.config, terminal)
  const parsed = file === undefined ? configFileSchema.parse({}) : await readConfig(file)
  const { gateway, ...policy } = parsed
  const config = configFromEnvironment(gateway, {
    ...terminal.env,
    ...(options.data === undefined ? {} : { SALLYPORT_DATA: options.data }),
  })
  const now = Date.now()
  const risks = findRisks({ ...policy, gateway: config }, now)
  const source = options.source === undefined ? undefined : await makeSourceReport(options.source)
  const own = await startOwnGateway({ start: startGateway, config, policy: policy as PolicyInput })
  let items: readonly ItemResult[]
  try {
    const report = await runAudit({
      now,
      config,
      policy: parsePolicy(policy as PolicyInput),
      risks,
      target: own.target,
      probes: new Probes(own.target),
      runtime: lookAtRuntime(config),
      ...(source === undefined ? {} : { source }),
    })
    items = report.items
  } finally {
    await own.close()
  }
  const due = [...exceptionsDue(parsed, now), ...logDue(join(config.dataDir, 'audit')), ...itemsDue(items)]
  terminal.out.write(options.json ? `${JSON.stringify({ due })}\n` : table(due))
  return due.some(({ urgency }) => urgency === 'now') ? EXIT.failed : EXIT.done
}

/** Exceptions that ended or soon will: somebody has to look at each again. */
function* exceptionsDue({ exceptions }: ConfigFile, now: number): Generator<Due> {
  for (const [index, { guard, code, expires }] of exceptions.entries()) {
    // A date alone lasts to its end.
    const end = Date.parse(expires) + (expires.length === 10 ? DAY_MS : 0)
    if (end - now > SOON_DAYS * DAY_MS) continue
    const isOver = end <= now
    yield {
      what: `exceptions.${index}`,
      urgency: isOver ? 'now' : 'soon',
      detail: `The exception for ${guard}${code === undefined ? '' : `/${code}`} ${isOver ? 'has ended' : 'ends'} (${expires}).`,
      fix: 'Look at it again: remove it, or renew it with a reason.',
    }
  }
}

/** The log of the installation, when there is one here. */
function* logDue(folder: string): Generator<Due> {
  if (!existsSync(folder)) return
  const { isIntact } = verifyLog(folder)
  if (isIntact) return
  yield {
    what: 'security log',
    urgency: 'now',
    detail: 'The chain of the security log does not verify.',
    fix: 'Run `sallyport log verify`: it names the place.',
  }
}

function* itemsDue(items: readonly ItemResult[]): Generator<Due> {
  for (const { id, status, title, evidence, fix } of items) {
    if (status !== 'fail' && status !== 'warn') continue
    yield { what: id, urgency: status === 'fail' ? 'now' : 'soon', detail: `${title}: ${evidence}`, fix }
  }
}

function table(due: readonly Due[]): string {
  const lines = due
    .toSorted((a, b) => (a.urgency < b.urgency ? -1 : a.urgency > b.urgency ? 1 : 0))
    .map(({ what, urgency, detail, fix }) => `${urgency.padEnd(5)} ${what}\n      ${detail}\n      → ${fix}`)
  const count = (urgency: Due['urgency']): number => due.filter((each) => each.urgency === urgency).length
  return `${[...lines, `${count('now')} due now, ${count('soon')} soon or to be weighed`].join('\n')}\n`
}

async function readConfig(file: string): Promise<ConfigFile> {
  const loaded = loadConfig(await readConfigText(file))
  if (loaded.ok) return loaded.value
  throw new UsageError(describeProblems(file, loaded.problems))
}
