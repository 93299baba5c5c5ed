import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ConfigurationError, gatewayConfigSchema, type RunningGateway, startGateway } from '@sallyport/gateway'
import { type PolicyInput, policySchema, SallyportError } from 'sallyport'
import { parseConfigOrThrow } from 'sallyport/config'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface ServeOptions {
  readonly config?: string
  readonly port?: number
  readonly host?: string
  readonly data?: string
}

const fileSchema = policySchema.extend({ gateway: gatewayConfigSchema.prefault({}) })

/** `sallyport serve`: gateway and console until SIGINT or SIGTERM. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const stopped = new Promise<string>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done(signal))
  })
  const running = await start(options, terminal)
  await stopped
  terminal.err.write('Stopping: requests under way may finish.\n')
  await running.close()
  return EXIT.done
}

async function start(options: ServeOptions, terminal: Terminal): Promise<RunningGateway> {
  const file = configFile(options.config ?? terminal.env['SALLYPORT_CONFIG'])
  const { gateway, ...policy } = file === undefined ? fileSchema.parse({}) : await readConfig(file)
  try {
    const running = await startGateway({
      config: gateway,
      policy: policy as PolicyInput,
      environment: withOptions(options, terminal),
    })
    announce(running, file, terminal)
    return running
  } catch (cause) {
    if (cause instanceof ConfigurationError || SallyportError.isInstance(cause))
      throw new UsageError(cause.message, { cause })
    throw cause
  }
}

/** Options win over the environment, which wins over the file. */
function withOptions({ port, host, data }: ServeOptions, { env }: Terminal): Record<string, string | undefined> {
  return {
    ...env,
    ...(port !== undefined && { SALLYPORT_PORT: String(port) }),
    ...(host !== undefined && { SALLYPORT_HOST: host }),
    ...(data !== undefined && { SALLYPORT_DATA: data }),
  }
}

/** A file that was named must exist; `sallyport.yaml` in the current folder is used when it is there. */
function configFile(named: string | undefined): string | undefined {
  const file = resolve(named ?? 'sallyport.yaml')
  if (existsSync(file)) return file
  if (named === undefined) return undefined
  throw new UsageError(
    `The configuration file ${file} does not exist. Mend --config or SALLYPORT_CONFIG, or create it.`,
  )
}

async function readConfig(file: string) {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(
      `The configuration file ${file} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}.`,
      { cause },
    )
  }
  return parseConfigOrThrow(text, fileSchema, file)
}

function announce({ url, newKeys }: RunningGateway, file: string | undefined, { out, isInteractive }: Terminal): void {
  out.write(`Sallyport is ready: ${url}\n`)
  out.write(`  console        ${url}/\n`)
  out.write(`  OpenAI API     ${url}/v1\n`)
  out.write(`  configuration  ${file ?? 'built-in defaults'}\n`)
  if (!newKeys) return
  out.write(`  keys           ${newKeys.file} (made now, readable by you alone)\n`)
  // Elsewhere the output may end in a log that others read.
  if (!isInteractive) return
  if (newKeys.admin) out.write(`  admin key      ${newKeys.admin}\n`)
  if (newKeys.client) out.write(`  client key     ${newKeys.client}\n`)
}
