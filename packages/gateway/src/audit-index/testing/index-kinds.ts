import { createServer, connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { LogIndex } from 'sallyport/audit'
import { openPostgresIndex } from '../postgres-index.ts'
import { openSqliteIndex } from '../sqlite-index.ts'

export const POSTGRES_URL = process.env['SALLYPORT_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** Why tests with PostgreSQL are left out; in CI they never are. */
export async function whyNoPostgres(): Promise<string | undefined> {
  if (process.env['CI'] !== undefined) return undefined
  const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return undefined
  } catch {
    return `there is no PostgreSQL at ${POSTGRES_URL}`
  }
}

/** An empty database of its own, dropped at the end. */
export async function newDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `sallyport_test_${crypto.randomUUID().replaceAll('-', '')}`
  const run = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: POSTGRES_URL })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await run(`CREATE DATABASE ${name}`)
  const url = new URL(POSTGRES_URL)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) }
}

export interface IndexKind {
  open(folder: string, log: string): Promise<LogIndex>
  clean(): Promise<void>
}

export async function sqliteKind(): Promise<IndexKind> {
  return { open: async (folder) => openSqliteIndex(join(folder, 'index.sqlite')), clean: async () => undefined }
}

export async function postgresKind(): Promise<IndexKind> {
  const database = await newDatabase()
  return { open: (_, log) => openPostgresIndex({ url: database.url, schema: 'sallyport', log }), clean: database.drop }
}

/** A way to a server that can be shut: what lies behind it is then as good as down. */
export async function gateTo(
  target: URL,
): Promise<{ readonly port: number; shut(): Promise<void>; open(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(Number(target.port === '' ? 5432 : target.port), target.hostname)
    for (const each of [socket, onward]) {
      sockets.add(each)
      each.on('error', () => undefined).on('close', () => sockets.delete(each))
    }
    socket.pipe(onward).pipe(socket)
  })
  const listen = (port: number) => new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    shut: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    open: () => listen(port),
  }
}
