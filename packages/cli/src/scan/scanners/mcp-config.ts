import { isLoopback } from '@sallyport/gateway'
import type { RawFinding } from '../finding.ts'
import { isRecord, readJson, stringsOf } from '../json-file.ts'
import type { JsonFile } from '../json-file.ts'
import { isDownloadAndRun, unpinnedPackage } from '../commands.ts'
import type { Scanner } from './scanner.ts'

/** MCP servers: what is started, where it comes from, how far it reaches and who is asked. */
export const scanMcpConfig: Scanner = (file) => {
  if (file.kind !== 'mcp-config') return []
  const json = readJson(file)
  if (json === undefined) return [unreadable(file.text)]
  return findServerRisks(json, serversOf(json.value))
}

export function unreadable(text: string): RawFinding {
  const end = text.indexOf('\n')
  const message = 'This is no JSON, so nothing in it could be looked at.'
  return { rule: 'unreadable-config', level: 'warning', start: 0, end: end === -1 ? text.length : end, message }
}

export interface NamedServer {
  readonly path: readonly (string | number)[]
  readonly name: string
  readonly server: Readonly<Record<string, unknown>>
}

/** `mcpServers` of most tools, `servers` of VS Code, `mcp.servers` of its settings, `context_servers` of Zed, `mcp` of OpenCode. */
export function serversOf(value: unknown): readonly NamedServer[] {
  const places: readonly (readonly string[])[] = [
    ['mcpServers'],
    ['servers'],
    ['mcp', 'servers'],
    ['context_servers'],
    ['mcp'],
  ]
  return places.flatMap((place) => {
    const found = place.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value)
    if (!isRecord(found)) return []
    return Object.entries(found).flatMap(([name, server]) =>
      isRecord(server) ? [{ path: [...place, name], name, server: withOneCommand(server) }] : [],
    )
  })
}

/** OpenCode writes a command and its arguments as one list. */
function withOneCommand(server: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [command, ...args] = stringsOf(server['command'])
  return command === undefined ? server : { ...server, command, args }
}

export function findServerRisks(json: JsonFile, servers: readonly NamedServer[]): readonly RawFinding[] {
  return servers.flatMap((named) => [...serverRisks(json, named)])
}

function* serverRisks(json: JsonFile, { path, server }: NamedServer): Generator<RawFinding> {
  const command = typeof server['command'] === 'string' ? server['command'] : ''
  const args = stringsOf(server['args'])
  const at = (key: string) => json.spanOf([...path, key])
  if (isDownloadAndRun([command, ...args].join(' '))) {
    const message = 'The server is downloaded and run by one shell command.'
    yield { rule: 'downloads-and-runs', level: 'error', ...at('args'), message }
  }
  if (unpinnedPackage(command, args)) {
    const message = 'The package runner takes whatever version is newest when the agent starts.'
    yield { rule: 'unpinned-server', level: 'warning', ...at('args'), message }
  }
  if (reachesEverything(command, args)) {
    const message = 'The server is given the whole disk, a home folder or the rights of the host.'
    yield { rule: 'wide-file-access', level: 'error', ...at('args'), message }
  }
  for (const key of ['autoApprove', 'alwaysAllow', 'autoAllow'] as const) {
    if (!stringsOf(server[key]).includes('*') && server[key] !== true) continue
    const message = 'Every tool of the server runs without a question.'
    yield { rule: 'approval-off', level: 'error', ...at(key), message }
  }
  if (server['trust'] === true) {
    const message = 'Every tool of the server runs without a question.'
    yield { rule: 'approval-off', level: 'error', ...at('trust'), message }
  }
  for (const key of ['url', 'serverUrl', 'httpUrl'] as const) {
    const url = server[key]
    if (typeof url !== 'string' || !url.startsWith('http://') || !URL.canParse(url)) continue
    if (isLoopback(new URL(url).hostname)) continue
    const message = 'Tool calls and tokens cross the network readably.'
    yield { rule: 'plain-http-server', level: 'error', ...at(key), message }
  }
}

/** File servers with `/` or a home, containers with the host's disk or rights. */
function reachesEverything(command: string, args: readonly string[]): boolean {
  const all = [command, ...args]
  const isFileServer = all.some((arg) => /server-filesystem|filesystem/.test(arg))
  const isWhole = (path: string): boolean =>
    /^(?:\/|~\/?|[A-Za-z]:[\\/]?|\$HOME\/?|\$\{HOME\}\/?|\/(?:home|root|Users)(?:\/[^/]*)?\/?|[A-Za-z]:[\\/]Users(?:[\\/][^\\/]*)?[\\/]?)$/.test(
      path,
    )
  if (isFileServer && args.some((arg) => isWhole(arg) && !arg.includes('path/to'))) return true
  if (!all.some((arg) => /^(?:.*\/)?(?:docker|podman|nerdctl)$/.test(arg))) return false
  return args.some((arg, index) => {
    if (arg === '--privileged') return true
    const mount = /^(?:-v|--volume)$/.test(args[index - 1] ?? '')
      ? arg.split(':')[0]
      : /(?:^|,)(?:src|source)=([^,]*)/.exec(arg)?.[1]
    return mount !== undefined && (isWhole(mount) || mount === '/var/run/docker.sock')
  })
}
