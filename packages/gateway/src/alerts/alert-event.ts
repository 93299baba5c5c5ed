import type { AlertTransition } from 'sallyport/alerts'
import type { EventInput } from '../events/event-bus.ts'

/** An alert in the security log: found by its key, person or network like any other event. */
export function alertEvent({ change, alert }: AlertTransition): EventInput {
  const { kind, kinds, severity, subject, reason, id } = alert
  const [about = '', ...rest] = subject.split(':')
  const name = rest.join(':')
  return {
    type: 'alert',
    severity: change === 'resolved' ? 'info' : severity,
    outcome: change === 'resolved' ? 'success' : 'failure',
    rule: `alert/${kind}`,
    codes: [...kinds],
    ...(about === 'key' ? { actor: { keyId: name } } : {}),
    ...(about === 'user' ? { actor: { user: name } } : {}),
    ...(about === 'source' ? { source: name } : {}),
    detail: `${change}: ${subject}. ${reason} (${id})`,
  }
}
