import type { BootstrapKeys } from '../config/environment.ts'
import type { EventBus, EventInput } from '../events/event-bus.ts'
import type { Installation } from '../storage/installation.ts'

/** Keys made at this start, and the file they were written to. */
export interface NewKeys {
  readonly file: string
  readonly admin?: string
  readonly client?: string
}

/**
 * Makes the first keys of an installation, or takes those that were given, and records what became of them.
 */
export async function prepareKeys(
  { keys, writeKeysFile }: Installation,
  bootstrap: BootstrapKeys,
  events: EventBus,
): Promise<NewKeys | undefined> {
  const missing = (['admin', 'client'] as const).filter((role) => bootstrap[role] === undefined)
  // Before the given keys are added: with them the installation would not look new any more.
  const created = keys.isEmpty && missing.length > 0 ? await keys.createFirst(missing) : undefined
  const record = (event: Pick<EventInput, 'severity' | 'outcome' | 'activity' | 'detail'>): void =>
    void events.record({ type: 'key-lifecycle', ...event })
  for (const { info } of created ?? []) {
    const detail = `made the first ${info.role} key ${info.id}`
    record({ severity: 'low', outcome: 'success', activity: 'create', detail })
  }
  for (const role of ['admin', 'client'] as const) {
    const given = bootstrap[role]
    if (given === undefined) continue
    const { id, state, retired } = await keys.adopt(given, `bootstrap-${role}`, role)
    for (const old of retired) {
      const detail = `revoked ${role} key ${old}: another bootstrap key was given in its place`
      record({ severity: 'low', outcome: 'success', activity: 'delete', detail })
    }
    if (state === 'added') {
      const detail = `took the bootstrap ${role} key as ${id}`
      record({ severity: 'low', outcome: 'success', activity: 'create', detail })
    } else if (state === 'revoked') {
      const detail = `the bootstrap ${role} key was revoked before and stays so`
      record({ severity: 'medium', outcome: 'failure', detail })
    }
  }
  if (created === undefined) return undefined
  const lines = [
    '# Made at the first start of Sallyport. Keep this file to yourself, or delete it once the keys are stored.',
    ...created.map(({ key, info }) => `${info.role} ${key}`),
  ]
  const made = Object.fromEntries(created.map(({ key, info }) => [info.role, key]))
  return { file: writeKeysFile(lines), ...made }
}
