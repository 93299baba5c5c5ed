import { configFromEnvironment, ConfigurationError, type Installation, openInstallation } from '@sallyport/gateway'
import type { AuditEvent } from 'sallyport/audit'
import { describeProblems } from 'sallyport/config'
import { UsageError } from './exit-code.ts'
import { findConfig, loadConfig, readConfigText } from './load-config.ts'
import { recordEvent } from './record-event.ts'
import type { Terminal } from './terminal.ts'

export interface InstallationOptions {
  /** Data folder. Default: SALLYPORT_DATA, the configuration's, or ./data. */
  readonly data?: string
  /** Configuration file. Default: SALLYPORT_CONFIG, or ./sallyport.yaml if it exists. */
  readonly config?: string
}

/** What the configuration says about where things are kept. */
export async function findStorage({ data, config }: InstallationOptions, terminal: Terminal) {
  const file = findConfig(config, terminal)
  const loaded = file === undefined ? undefined : loadConfig(await readConfigText(file))
  if (file !== undefined && loaded?.ok === false) throw new UsageError(describeProblems(file, loaded.problems))
  const gateway = loaded?.ok === true ? loaded.value.gateway : {}
  const environment = { ...terminal.env, ...(data === undefined ? {} : { SALLYPORT_DATA: data }) }
  const { storage, dataDir, audit } = configFromEnvironment(gateway, environment)
  return { storage, dataDir, audit, environment }
}

/**
 * Opens what the gateway keeps, and closes it after `use`. An SQLite file belongs to one process at a time: while the gateway
 * runs, its console manages the keys. PostgreSQL is shared, but not with `alone`, for what lies in the data folder itself.
 * What is changed is to be recorded with the second parameter of `use`.
 */
export async function withInstallation<Result>(
  options: InstallationOptions,
  terminal: Terminal,
  use: (installation: Installation, record: (event: AuditEvent) => Promise<void>) => Promise<Result>,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<Result> {
  let installation: Installation | undefined
  try {
    const { storage, dataDir, audit, environment } = await findStorage(options, terminal)
    const asGuest = !alone && storage.database !== undefined
    installation = await openInstallation(dataDir, { storage, environment, asGuest })
    const log = { dataFolder: installation.path, isOn: audit.enabled, asGuest }
    return await use(installation, (event) => recordEvent(log, event, terminal))
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw new UsageError(cause.message, { cause })
    throw cause
  } finally {
    await installation?.close()
  }
}
