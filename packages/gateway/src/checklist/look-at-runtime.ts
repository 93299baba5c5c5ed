import { lstatSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { GatewayConfig } from '../config/gateway-config.ts'
import type { Advisory, OpenFile, RuntimeReport } from './context.ts'

const MOST_FILES = 5_000

/**
 * Node's version, and which files with secrets others than their owner may touch: the data folder, the key of TLS, and every
 * `file:` the configuration names. Without a configuration the API is elsewhere, and nothing of its runtime is known.
 */
export function lookAtRuntime(config: GatewayConfig | undefined, advisories?: readonly Advisory[]): RuntimeReport {
  const given = advisories === undefined ? {} : { advisories }
  if (config === undefined) return given
  const looked = process.platform === 'win32' ? undefined : lookAtFiles(config)
  return {
    nodeVersion: process.versions.node,
    ...(looked === undefined ? {} : { openFiles: looked.open, filesLookedAt: looked.count }),
    ...given,
  }
}

function lookAtFiles(config: GatewayConfig): { readonly open: readonly OpenFile[]; readonly count: number } {
  const open: OpenFile[] = []
  let count = 0
  const look = (mode: number, name: string, isShutIn: boolean, isKey: boolean, isFolder = false): void => {
    count++
    // Who only sees the names of files that are shut has nothing.
    if (isFolder ? (mode & 0o022) === 0 : isShut(mode)) return
    if (!isShutIn || isKey) open.push({ name, isReachable: !isShutIn })
  }
  const { dataDir } = config
  const folderMode = modeOf(dataDir)
  const visit = (path: string): void => {
    const stat = lstatSync(path)
    if (stat.isSymbolicLink() || count >= MOST_FILES) return
    const isShutIn = path !== dataDir && folderMode !== undefined && isShut(folderMode)
    look(
      stat.mode,
      relative(dataDir, path) || 'the data folder',
      isShutIn,
      stat.isFile() && KEY_FILE.test(basename(path)),
      stat.isDirectory(),
    )
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
  }
  if (folderMode !== undefined) visit(dataDir)
  for (const { path, name } of keyFilesOf(config)) {
    const mode = modeOf(path)
    const around = modeOf(dirname(path))
    if (mode !== undefined) look(mode, name, around !== undefined && isShut(around), true)
  }
  return { open, count }
}

/** A shut folder keeps others out, but the file takes its mode along when it is copied. */
const KEY_FILE = /^keys\.txt$|\.(?:key|pem|sqlite)$/

/** Files outside the data folder in which the configuration says that a secret stands, named by where it says so. */
function keyFilesOf(config: GatewayConfig): readonly { readonly path: string; readonly name: string }[] {
  const found: { path: string; name: string }[] = []
  const tlsKey = config.listen.tls?.key
  if (tlsKey !== undefined) found.push({ path: tlsKey, name: 'gateway.listen.tls.key' })
  const visit = (value: unknown, at: string): void => {
    if (typeof value === 'string' && value.startsWith('file:')) {
      const path = value.slice('file:'.length)
      // Whoever mounts these decides their mode, and nobody else lives in the container.
      if (!/^\/(?:var\/)?run\/secrets\//.test(path)) found.push({ path, name: at })
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, `${at}.${key}`)
  }
  visit(config, 'gateway')
  return found
}

function isShut(mode: number): boolean {
  return (mode & 0o077) === 0
}

/** What a link leads to counts. Undefined when there is nothing, or nothing that may be looked at. */
function modeOf(path: string): number | undefined {
  try {
    return statSync(path).mode
  } catch {
    return undefined
  }
}
