import { configHistoryEntrySchema, configHistoryListSchema, type ConfigHistoryList } from '@sallyport/gateway/contract'
import { askGateway } from '../ask-gateway.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type InstallationOptions, withInstallation } from '../with-installation.ts'
import { writeTable } from '../write-table.ts'

export interface HistoryOptions extends InstallationOptions {
  readonly json?: boolean
  /** The configuration of this digest, or of the one digest that begins so. */
  readonly show?: string
  readonly url?: string
}

const LIMIT = 1_000

/** `sallyport config history`: what was in force when, or one configuration as it was. */
export async function printHistory(options: HistoryOptions, terminal: Terminal): Promise<ExitCode> {
  const { url } = options
  if (url !== undefined) {
    const base = '/admin/api/config/history'
    const { versions } = configHistoryListSchema.parse(await askGateway(url, `${base}?limit=${LIMIT}`, terminal))
    if (options.show === undefined) return printList(versions, options, terminal)
    const path = `${base}/${digestOf(options.show, versions)}`
    return printConfig(configHistoryEntrySchema.parse(await askGateway(url, path, terminal)).config, terminal)
  }
  return withInstallation(options, terminal, async ({ stores: { configHistory } }) => {
    const versions = [...(await configHistory.list(LIMIT))]
    if (options.show === undefined) return printList(versions, options, terminal)
    const config = await configHistory.configOf(digestOf(options.show, versions))
    return printConfig(JSON.parse(config ?? '{}') as unknown, terminal)
  })
}

type Versions = ConfigHistoryList['versions']

function digestOf(start: string, versions: Versions): string {
  const found = new Set(versions.map(({ configDigest }) => configDigest).filter((digest) => digest.startsWith(start)))
  const [digest] = found
  if (digest !== undefined && found.size === 1) return digest
  throw new UsageError(
    found.size === 0 ? 'There is no configuration with this digest.' : 'Several digests begin so: write more of it.',
  )
}

function printList(versions: Versions, { json }: HistoryOptions, { out }: Terminal): ExitCode {
  if (json === true) {
    for (const version of versions) out.write(`${JSON.stringify(version)}\n`)
    return EXIT.done
  }
  const rows = versions.map(({ at, by, version, policyDigest, configDigest, changed }) => [
    at,
    by,
    version,
    policyDigest.slice(0, 12),
    configDigest.slice(0, 12),
    changed ? 'changed' : 'same',
  ])
  writeTable(out, ['at', 'by', 'version', 'policy', 'configuration', ''], rows)
  return EXIT.done
}

function printConfig(config: unknown, { out }: Terminal): ExitCode {
  out.write(`${JSON.stringify(config, undefined, 2)}\n`)
  return EXIT.done
}
