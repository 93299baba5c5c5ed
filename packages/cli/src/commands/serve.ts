import {
  configFileSchema,
  ConfigurationError,
  environmentFaults,
  type RunningGateway,
  startGateway,
} from '@sallyport/gateway'
import { type PolicyInput, SallyportError } from 'sallyport'
import { describeProblems } from 'sallyport/config'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type ConfigFile, findConfig, loadConfig, readConfigText } from '../load-config.ts'
import type { Terminal } from '../terminal.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface ServeOptions {
  readonly config?: string
  readonly port?: number
  readonly host?: string
  readonly data?: string
}

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
  const file = findConfig(options.config, terminal)
  const environment = withOptions(options, terminal)
  const { gateway, ...policy } = file === undefined ? configFileSchema.parse({}) : await readConfig(file, environment)
  try {
    const running = await startGateway({ config: gateway, policy: policy as PolicyInput, environment })
    announce(running, file, terminal)
    return running
  } catch (cause) {
    if (cause instanceof ConfigurationError || SallyportError.isInstance(cause))
      throw new UsageError(cause.message, { cause })
    throw cause
  }
}

/** Options win over the environment, which wins over the file. */
function withOptions({ port, host, data }: ServeOptions, { env }: Terminal): Environment {
  return {
    ...env,
    ...(port !== undefined && { SALLYPORT_PORT: String(port) }),
    ...(host !== undefined && { SALLYPORT_HOST: host }),
    ...(data !== undefined && { SALLYPORT_DATA: data }),
  }
}

/** @throws UsageError that lists every problem of the file, and of the environment with it. */
async function readConfig(file: string, environment: Environment): Promise<ConfigFile> {
  const loaded = loadConfig(await readConfigText(file))
  if (loaded.ok) return loaded.value
  const lines = [describeProblems(file, loaded.problems), ...environmentFaults({}, environment)]
  throw new UsageError(lines.join('\n'))
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
