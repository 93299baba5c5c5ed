import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { configFileSchema, configFromEnvironment, ConfigurationError, startGateway } from '@sallyport/gateway'
import {
  ask,
  type AuditContext,
  type InstalledPackage,
  type ItemResult,
  lookAtRuntime,
  type OwnGateway,
  parseAdvisories,
  Probes,
  runAudit,
  startOwnGateway,
  type Target,
  tlsRefusal,
} from '@sallyport/gateway/checklist'
import { parsePolicy, type PolicyInput, SallyportError } from 'sallyport'
import { describeProblems } from 'sallyport/config'
import { renderAuditSarif, renderHtml, renderMarkdown, summaryLine, tableLine } from '../audit/render-audit.ts'
import { makeSourceReport } from '../audit/source-report.ts'
import { findRisks } from '../config/risks.ts'
import { Progress } from '../progress.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type ConfigFile, findConfig, loadConfig, readConfigText } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

export interface AuditOptions {
  readonly url?: string
  readonly key?: string
  readonly adminKey?: string
  readonly model?: string
  readonly sendTestAlert?: boolean
  readonly source?: string
  readonly config?: string
  readonly systemPrompt?: string
  readonly advisories?: string
  readonly json?: boolean
  readonly sarif?: boolean
  readonly markdown?: boolean
  readonly html?: boolean
  readonly output?: string
  readonly failOn: 'fail' | 'warn' | 'never'
}

/** `sallyport audit`: 0 when no item fails, 1 when one does, 2 for wrong usage. */
export async function auditCommand(options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const formats = (['json', 'sarif', 'markdown', 'html'] as const).filter((format) => options[format] === true)
  if (formats.length > 1)
    throw new UsageError(`Give one of --json, --sarif, --markdown and --html, not ${formats.length}.`)
  const configFile = findConfig(options.config, terminal)
  const file = configFile === undefined ? undefined : await readConfig(configFile)
  const isTable = formats.length === 0 && options.output === undefined
  const progress = new Progress(terminal)
  const opened = await openTarget(options, file, terminal)
  try {
    const { items } = await runAudit(
      await contextOf(options, file, opened.target, terminal, progress),
      isTable ? tablePrinter(terminal) : ({ title }) => progress.say(`looked at: ${title}`),
    )
    progress.clear()
    if (isTable) terminal.out.write(`\n${summaryLine(items)}\n`)
    else {
      const text = render(items, options, configFile === undefined ? 'sallyport.yaml' : basename(configFile))
      if (options.output === undefined) terminal.out.write(text)
      else writeFileSync(options.output, text)
    }
    const { failOn } = options
    const reached = items.some(
      ({ status }) => (status === 'fail' && failOn !== 'never') || (status === 'warn' && failOn === 'warn'),
    )
    return reached ? EXIT.failed : EXIT.done
  } finally {
    await opened.close()
  }
}

/** Prints each item as it is done, under its section. */
function tablePrinter(terminal: Terminal): (item: ItemResult) => void {
  let section = ''
  return (item) => {
    if (item.section !== section) terminal.out.write(`${section === '' ? '' : '\n'}${item.section}\n`)
    section = item.section
    terminal.out.write(tableLine(item, terminal.color))
  }
}

function render(items: readonly ItemResult[], options: AuditOptions, anchor: string): string {
  if (options.sarif) return `${JSON.stringify(renderAuditSarif(items, anchor), undefined, 2)}\n`
  if (options.html) return renderHtml(items)
  if (options.markdown) return renderMarkdown(items)
  return `${JSON.stringify({ items })}\n`
}

async function contextOf(
  options: AuditOptions,
  file: ConfigFile | undefined,
  target: Target,
  terminal: Terminal,
  progress: Progress,
): Promise<AuditContext> {
  // Of an API elsewhere nothing is known but what a configuration that was named says.
  const isKnown = options.url === undefined || options.config !== undefined
  const { gateway, ...policy } = file ?? configFileSchema.parse({})
  const config = configFromEnvironment(gateway, terminal.env)
  const source =
    options.source === undefined
      ? undefined
      : await makeSourceReport(folderOf(options.source), (done, total) =>
          progress.say(done < total ? `scanning the source: ${done} of ${total} files` : 'reading the git history'),
        )
  progress.clear()
  const advisories =
    options.advisories === undefined ? undefined : readAdvisories(options.advisories, source?.lock?.installed)
  return {
    now: Date.now(),
    target,
    probes: new Probes(target, {
      onWait: (seconds) => terminal.err.write(`The API limits requests: going on in ${seconds} s.\n`),
    }),
    runtime: lookAtRuntime(isKnown ? config : undefined, advisories),
    ...(isKnown
      ? {
          config,
          policy: parsePolicy(policy as PolicyInput),
          risks: findRisks({ ...policy, gateway: config }, Date.now()),
        }
      : {}),
    ...(source === undefined ? {} : { source }),
    ...(options.systemPrompt === undefined ? {} : { systemPrompt: readText(options.systemPrompt, 'system prompt') }),
  }
}

/** The API that was named, or a gateway of our own with the same configuration. */
async function openTarget(
  options: AuditOptions,
  file: ConfigFile | undefined,
  terminal: Terminal,
): Promise<OwnGateway> {
  if (options.url !== undefined)
    return { target: await reachTarget(options.url, options, terminal), close: async () => undefined }
  const { gateway, ...policy } = file ?? configFileSchema.parse({})
  try {
    const config = configFromEnvironment(gateway, terminal.env)
    return await startOwnGateway({ start: startGateway, config, policy: policy as PolicyInput })
  } catch (cause) {
    if (cause instanceof ConfigurationError || SallyportError.isInstance(cause))
      throw new UsageError(cause.message, { cause })
    throw cause
  }
}

async function reachTarget(url: string, options: AuditOptions, terminal: Terminal): Promise<Target> {
  const { env } = terminal
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError('--url must be an http:// or https:// URL.')
  const parsed = new URL(url)
  if (parsed.username !== '' || parsed.password !== '')
    throw new UsageError('--url must hold no user name or password.')
  const path = parsed.pathname.replace(/\/+$/, '')
  const clientKey = options.key === undefined ? undefined : secretAt(options.key, '--key', env)
  const adminKey = options.adminKey === undefined ? undefined : secretAt(options.adminKey, '--admin-key', env)
  const base: Target = {
    origin: parsed.origin,
    prefix: path === '' ? '/v1' : path,
    kind: 'openai',
    model: options.model ?? 'demo',
    ...(clientKey === undefined ? {} : { clientKey }),
    ...(adminKey === undefined ? {} : { adminKey }),
    ...(options.sendTestAlert === true ? { mayAlertPeople: true } : {}),
  }
  try {
    return await meetTarget(base, options.model)
  } catch (cause) {
    const distrusted = tlsRefusal(cause)
    if (distrusted === undefined) throw unreachable(parsed.origin, cause)
    terminal.err.write(`${parsed.origin} is not to be trusted (${distrusted}): it is probed without any key.\n`)
    const { clientKey: _client, adminKey: _admin, ...keyless } = base
    try {
      return await meetTarget({ ...keyless, distrusted }, options.model)
    } catch (second) {
      throw unreachable(parsed.origin, second)
    }
  }
}

/** What kind of API it is, and which model answers. */
async function meetTarget(base: Target, model: string | undefined): Promise<Target> {
  // Only a Sallyport gateway speaks of its missing session in this way.
  const session = await ask(base, '/admin/api/session', { key: null })
  const isOurs = session.status === 401 && session.requestId?.startsWith('req_') === true
  const models = model === undefined ? await ask(base, `${base.prefix}/models`) : undefined
  const [first] = (models?.json as { readonly data?: readonly { readonly id?: unknown }[] } | undefined)?.data ?? []
  return {
    ...base,
    kind: isOurs ? 'sallyport' : 'openai',
    ...(typeof first?.id === 'string' ? { model: first.id } : {}),
  }
}

function unreachable(origin: string, cause: unknown): UsageError {
  const code = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (cause as Error).name
  return new UsageError(`${origin} cannot be reached: ${code}.`, { cause })
}

/** Keys never stand on a command line, where every process can read them. */
function secretAt(reference: string, option: string, env: Terminal['env']): string {
  const value = reference.startsWith('env:')
    ? env[reference.slice(4)]
    : reference.startsWith('file:')
      ? readText(reference.slice(5), 'key')
      : undefined
  if (value === undefined || value.trim() === '')
    throw new UsageError(`${option} names the place of a key, env:NAME or file:PATH, and there must be one.`)
  return value.trim()
}

async function readConfig(file: string): Promise<ConfigFile> {
  const loaded = loadConfig(await readConfigText(file))
  if (loaded.ok) return loaded.value
  throw new UsageError(describeProblems(file, loaded.problems))
}

function folderOf(path: string): string {
  if (existsSync(path) && lstatSync(path).isDirectory()) return path
  throw new UsageError(`--source: ${path} is no folder.`)
}

function readAdvisories(
  path: string,
  installed: readonly InstalledPackage[] | undefined,
): ReturnType<typeof parseAdvisories> {
  const isFolder = existsSync(path) && lstatSync(path).isDirectory()
  const files = isFolder
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(path, file))
    : [path]
  if (files.length === 0) throw new UsageError(`${path} holds no .json files with advisories.`)
  try {
    return parseAdvisories(
      files.map((file) => readText(file, 'advisories')),
      installed,
    )
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${path} cannot be used: ${(cause as Error).message}.`, { cause })
  }
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`The file ${file} (${what}) cannot be read: ${(cause as NodeJS.ErrnoException).code}.`, {
      cause,
    })
  }
}
