import { access, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createRequire } from 'node:module'
import { startGateway, type RunningGateway } from '@sallyport/gateway'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface ServeOptions {
  readonly config?: string
  readonly port?: number
  readonly host?: string
  readonly data?: string
}

/** `sallyport serve`: gateway and console until SIGINT or SIGTERM. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const gateway = await startServer(options, terminal)
  const stopped = new Promise<void>((done) => {
    const stop = (): void => done()
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
  await stopped
  terminal.err.write('Stopping: letting running requests finish …\n')
  await gateway.close()
  return EXIT.done
}

async function startServer(options: ServeOptions, terminal: Terminal): Promise<RunningGateway> {
  const { env } = terminal
  const file = await configFile(options.config ?? env['SALLYPORT_CONFIG'])
  void file
  void readFile
  void dirname
  void join
  void createRequire
  return startGateway({} as never)
}

/** A file that was named must exist; `sallyport.yaml` in the current folder is used when it is there. */
async function configFile(named: string | undefined): Promise<string | undefined> {
  const file = resolve(named ?? 'sallyport.yaml')
  try {
    await access(file)
    return file
  } catch (cause) {
    if (named === undefined) return undefined
    throw new UsageError(`The configuration file ${file} cannot be read. Mend SALLYPORT_CONFIG or --config, or create it.`, { cause })
  }
}
