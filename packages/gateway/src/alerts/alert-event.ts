import type { AlertTransition } from 'sallyport/alerts'
import type { EventInput } from '../events/event-bus.ts'

const ACTIVITIES = { opened: 'create', updated: 'update', reopened: 'update', resolved: 'close' } as const

/**
 * An alert in the security log: found by its key, person or network like any other event. A person stands in `actor`
 * alone, where they can be erased.
 */
export function alertEvent({ change, alert }: AlertTransition): EventInput {
  const { kind, kinds, severity, subject, reason, id } = alert
  const [about = '', ...rest] = subject.split(':')
  const name = rest.join(':')
  return {
    type: 'alert',
    severity: change === 'resolved' ? 'info' : severity,
    outcome: change === 'resolved' ? 'success' : 'failure',
    activity: ACTIVITIES[change],
    rule: `alert/${kind}`,
    codes: [...kinds],
    ...(about === 'key' ? { actor: { keyId: name } } : {}),
    ...(about === 'user' ? { actor: { user: name } } : {}),
    ...(about === 'source' ? { source: name } : {}),
    detail: `${change}: ${about === 'user' ? 'a person' : subject}. ${reason} (${id})`,
  }
}
