import { createKeyRequestSchema, type KeyInfo } from '@sallyport/gateway/contract'
import type { AuditEvent } from 'sallyport/audit'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { type InstallationOptions, withInstallation } from '../with-installation.ts'

export interface KeyOptions extends InstallationOptions {
  readonly json?: boolean
}

export interface CreateKeyOptions extends KeyOptions {
  readonly role?: 'admin' | 'operator' | 'client'
  readonly name?: string
  readonly models?: readonly string[]
  readonly routes?: readonly string[]
  readonly tools?: readonly string[]
  readonly networks?: readonly string[]
  readonly claims?: { readonly developer: boolean; readonly user: boolean }
  /** ISO 8601. */
  readonly expires?: string
}

/** `sallyport keys create`: a new key, printed once. This is also how a lost admin key is replaced. */
export async function createKey(options: CreateKeyOptions, terminal: Terminal): Promise<ExitCode> {
  const { role = 'client', models, routes, tools, networks, claims, expires } = options
  // Through the same gate as the API, so that both take the same.
  const parsed = createKeyRequestSchema.safeParse({
    name: options.name ?? `${role} made on the command line`,
    role,
    models,
    routes,
    tools,
    networks,
    claims,
    expiresAt: expires,
  })
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`)
    throw new UsageError([...new Set(problems)].join('\n'))
  }
  const { name, role: _, ...grant } = parsed.data
  return withInstallation(options, terminal, async ({ keys }, record) => {
    const { key, info } = await keys.create(name, role, grant)
    await record(lifecycle('create', role, `created ${role} key ${info.id}`))
    terminal.err.write(`Created ${info.id} (${role}). The key is shown only now:\n`)
    terminal.out.write(`${key}\n`)
    return EXIT.done
  })
}

/** `sallyport keys list`. */
export async function listKeys(options: KeyOptions, terminal: Terminal): Promise<ExitCode> {
  return withInstallation(options, terminal, async ({ keys }) => {
    for (const info of keys.list()) {
      if (options.json) {
        terminal.out.write(`${JSON.stringify(info)}\n`)
        continue
      }
      const state = stateOf(info, Date.now())
      const scope = scopeOf(info)
      terminal.out.write(
        `${info.id}  ${info.role.padEnd(8)}  ${state}  ${info.name}${scope === '' ? '' : `  (${scope})`}\n`,
      )
    }
    return EXIT.done
  })
}

/** `sallyport keys revoke ID`. */
export async function revokeKey(id: string, options: KeyOptions, terminal: Terminal): Promise<ExitCode> {
  return withInstallation(options, terminal, async ({ keys }, record) => {
    if (!(await keys.revoke(id)))
      throw new UsageError('There is no such key, or it is revoked already: see "sallyport keys list".')
    await record(lifecycle('delete', undefined, `revoked key ${id}`))
    terminal.err.write(`Revoked ${id}.\n`)
    return EXIT.done
  })
}

/** `sallyport keys rotate ID`: a successor, printed once; the old key works until the overlap is over. */
export async function rotateKey(
  id: string,
  options: KeyOptions & { readonly overlap: number },
  terminal: Terminal,
): Promise<ExitCode> {
  return withInstallation(options, terminal, async ({ keys }, record) => {
    const rotated = await keys.rotate(id, options.overlap)
    if (!rotated) {
      throw new UsageError('There is no such key, or it ended or was rotated already: see "sallyport keys list".')
    }
    const { key, info, oldExpiresAt } = rotated
    await record(lifecycle('update', info.role, `rotated key ${id} to ${info.id}`))
    terminal.err.write(`Created ${info.id}; ${id} works until ${oldExpiresAt}. The key is shown only now:\n`)
    terminal.out.write(`${key}\n`)
    return EXIT.done
  })
}

function lifecycle(
  activity: 'create' | 'update' | 'delete',
  role: KeyInfo['role'] | undefined,
  what: string,
): AuditEvent {
  const severity = role === 'admin' ? 'medium' : 'low'
  return { type: 'key-lifecycle', severity, outcome: 'success', activity, detail: `${what} on the command line` }
}

function stateOf({ createdAt, revokedAt, expiresAt }: KeyInfo, now: number): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt}`
  if (expiresAt === undefined) return `created ${createdAt}`
  return `${Date.parse(expiresAt) <= now ? 'expired' : 'expires'} ${expiresAt}`
}

function scopeOf({ models, routes, tools, networks }: KeyInfo): string {
  return Object.entries({ models, routes, tools, networks })
    .flatMap(([name, items]) => (items === undefined ? [] : [`${name}: ${items.join(' ') || 'none'}`]))
    .join('; ')
}
