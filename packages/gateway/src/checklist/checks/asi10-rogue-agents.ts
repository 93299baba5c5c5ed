import { fail, type Check, pass, warn } from '../item.ts'
import { withTarget } from '../judge.ts'

/** Whether an agent's key, once revoked, stops working at once. */
export const rogueAgents: Check = {
  id: 'asi10-rogue-agents',
  run: (context) =>
    withTarget(context, async (target, probes) => {
      const { adminKey } = target
      if (target.kind !== 'sallyport' || adminKey === undefined)
        return warn('Whether a key can be stopped cannot be tried without an admin key of a Sallyport gateway.')
      const made = await probes.ask('/admin/api/keys', {
        method: 'POST',
        key: adminKey,
        body: { name: 'audit probe', role: 'client' },
      })
      const { key, info } = (made.json ?? {}) as { readonly key?: string; readonly info?: { readonly id: string } }
      if (key === undefined || info === undefined)
        return warn('The admin key may not make keys, so stopping one could not be tried.')
      const before = await probes.ask(`${target.prefix}/models`, { key })
      await probes.ask(`/admin/api/keys/${encodeURIComponent(info.id)}`, { method: 'DELETE', key: adminKey })
      const after = await probes.ask(`${target.prefix}/models`, { key })
      if (before.status !== 200) return warn(`A new key was not accepted (${before.status}).`)
      return after.status === 401
        ? pass('A key worked, was revoked, and was refused with the next request.')
        : fail(`A revoked key was answered with ${after.status}.`)
    }),
}
