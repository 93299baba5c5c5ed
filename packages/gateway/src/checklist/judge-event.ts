import type { AuditContext } from './context.ts'
import { fail, notApplicable, type Outcome, pass, warn } from './item.ts'

/** Whether a request that was provoked left an event of its class. `what` names it: "a wrong key". */
export async function judgeEvent(
  { target, probes }: AuditContext,
  what: string,
  types: readonly string[],
  provoke: () => Promise<string | undefined>,
): Promise<Outcome> {
  if (target === undefined || probes === undefined) return notApplicable('No API was probed.')
  if (target.kind !== 'sallyport' || target.adminKey === undefined)
    return warn(
      `Whether ${what} is recorded cannot be seen from outside.`,
      'Give the audit an admin key of the gateway (--admin-key), or look for the event in your log yourself.',
    )
  const requestId = await provoke()
  if (requestId === undefined) return warn(`No request could be provoked to show that ${what} is recorded.`)
  const events = await probes.eventsOf(requestId, types)
  return events.length > 0
    ? pass(`${capitalized(what)} was provoked and recorded as ${[...new Set(events)].join(', ')}.`)
    : fail(`${capitalized(what)} was provoked and left no event.`)
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
