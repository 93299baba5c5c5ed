import { basename } from 'node:path'
import { createShield, type PresetName } from 'sallyport'
import { openAuditLog } from 'sallyport/audit'
import type { McpGuardOptions } from 'sallyport/mcp'
import { guardStdio, LOCK_FILE, lockFile, serveHttp, type ServerTarget } from 'sallyport/mcp/node'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { policyFrom } from '../policy-options.ts'
import type { Terminal } from '../terminal.ts'

export interface McpOptions {
  readonly url?: string
  readonly header?: readonly string[]
  readonly listen?: string
  readonly origin?: readonly string[]
  readonly name?: string
  readonly lock?: string
  readonly frozen?: boolean
  readonly env?: readonly string[]
  readonly preset?: PresetName
  readonly policy?: string
  readonly allowMedia?: boolean
  readonly allowSampling?: boolean
  readonly timeout?: number
  readonly callsPerMinute?: number
  readonly audit?: string
}

/** `sallyport mcp -- COMMAND`: guards a server until the client or the server goes away. */
export async function guardMcp(command: readonly string[], options: McpOptions, terminal: Terminal): Promise<ExitCode> {
  const target = targetOf(command, options, terminal)
  const shield = createShield(await policyFrom({ ...options, tier: 'auto' }))
  const audit = options.audit === undefined ? undefined : await openAuditLog({ folder: options.audit })
  const guard: McpGuardOptions = {
    server: options.name ?? nameOf(target),
    pins: lockFile(options.lock ?? LOCK_FILE),
    shield,
    ...(audit && { audit }),
    ...(options.frozen === true && { frozen: true }),
    ...(options.allowMedia === true && { allowMedia: true }),
    ...(options.allowSampling === true && { allowSampling: true }),
    ...(options.timeout !== undefined && { timeoutMs: options.timeout * 1000 }),
    ...(options.callsPerMinute !== undefined && { callsPerMinute: options.callsPerMinute }),
    // Standard output belongs to the protocol.
    onNotice: (notice) => terminal.err.write(`sallyport mcp: ${notice}\n`),
  }
  try {
    if (options.listen === undefined) await guardStdio(target, guard)
    else await listen(options.listen, target, guard, options, terminal)
    return EXIT.done
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EACCES')
      throw new UsageError(`The server cannot be started: ${code}.`, { cause })
    throw cause
  } finally {
    await audit?.close()
  }
}

async function listen(
  address: string,
  target: ServerTarget,
  guard: McpGuardOptions,
  { origin = [] }: McpOptions,
  terminal: Terminal,
): Promise<void> {
  const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d{1,5})$/.exec(address) ?? []
  if (port === undefined || Number(port) > 65_535) throw new UsageError(`--listen takes [host:]port, not "${address}".`)
  const stopped = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
  const running = await serveHttp(target, { ...guard, host, port: Number(port), allowedOrigins: origin })
  terminal.err.write(`sallyport mcp: ready at ${running.url}\n`)
  await stopped
  await running.close()
}

function targetOf([command, ...args]: readonly string[], options: McpOptions, { env }: Terminal): ServerTarget {
  const { url, header = [] } = options
  if ((command === undefined) === (url === undefined)) {
    throw new UsageError('Name the server: sallyport mcp -- COMMAND, or sallyport mcp --url URL.')
  }
  if (command !== undefined) return { command, args, env: passedOn(options.env ?? [], env) }
  if (!URL.canParse(url ?? '') || !/^https?:/.test(url ?? '')) throw new UsageError('--url takes an http or https URL.')
  const headers = Object.fromEntries(
    header.map((pair) => {
      const [name = '', variable = ''] = pair.split('=', 2)
      const value = env[variable]
      if (name === '' || value === undefined)
        throw new UsageError(`--header ${name}: give NAME=VARIABLE, a variable that is set.`)
      return [name, value]
    }),
  )
  return { url: new URL(url ?? ''), headers }
}

/** The variables that are named; a name without a value takes the value of this process. */
function passedOn(names: readonly string[], env: Terminal['env']): Record<string, string> {
  return Object.fromEntries(
    names.map((entry) => {
      const at = entry.indexOf('=')
      const name = at < 0 ? entry : entry.slice(0, at)
      const value = at < 0 ? env[entry] : entry.slice(at + 1)
      if (name === '' || value === undefined) throw new UsageError(`--env ${name}: the variable is not set.`)
      return [name, value]
    }),
  )
}

/** A name that stays when options change. Arguments may hold keys, so it is made of file and package names only. */
function nameOf(target: ServerTarget): string {
  if ('url' in target) return target.url.host + target.url.pathname.replace(/\/$/, '')
  const runner = /^(?:node|npx|tsx|python3?|uvx?|deno|bun|bunx|docker)(?:\.exe)?$/.test(basename(target.command))
  const script = runner ? target.args.find((arg) => !arg.startsWith('-') && arg !== 'run') : undefined
  return basename(script ?? target.command)
}
