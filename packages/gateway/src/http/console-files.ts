import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export interface ConsoleFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** The name holds a digest of the content, so it never changes. */
  readonly immutable: boolean
}

/** Files by URL path. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Reads the built console into memory. What is served is exactly this list: no path of a request ever reaches the file
 * system. Empty when the console was not built.
 */
export function loadConsoleFiles(folder: string): ConsoleFiles {
  const files = new Map<string, ConsoleFile>()
  for (const entry of listFiles(folder)) {
    const type = TYPES[extname(entry)]
    if (type === undefined) continue
    const path = `/${relative(folder, entry).split(sep).join('/')}`
    const file = { bytes: new Uint8Array(readFileSync(entry)), type, immutable: path.startsWith('/assets/') }
    files.set(path, file)
    if (path === '/index.html') files.set('/', file)
  }
  return files
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}
