import type { AlertTransition } from './alert.ts'

/** What a webhook gets. `test` is true for deliveries that an operator asked for. */
export interface AlertMessage extends AlertTransition {
  readonly type: 'sallyport.alert'
  /** ISO 8601, UTC. */
  readonly sentAt: string
  readonly test?: true | undefined
}

export function alertMessage(transition: AlertTransition, now: number, isTest = false): AlertMessage {
  const { change, alert } = transition
  const sentAt = new Date(now).toISOString()
  return { type: 'sallyport.alert', change, sentAt, ...(isTest ? { test: true as const } : {}), alert }
}

/** The same for Slack and what speaks its form (Mattermost, Rocket.Chat, Discord with `/slack`). */
export function slackMessage({ change, alert, test }: AlertMessage): { readonly text: string } {
  const mark =
    change === 'resolved' ? ':white_check_mark:' : alert.severity === 'critical' ? ':rotating_light:' : ':warning:'
  const head = `${mark} *${alert.kind}* ${change}${test === true ? ' (a test)' : ''}`
  const lines = [
    head,
    alert.reason,
    `severity ${alert.severity}, about ${alert.subjects.slice(0, 5).join(', ')}, since ${alert.openedAt}`,
  ]
  return { text: lines.map(escaped).join('\n') }
}

/** Slack reads `<…>` as links and mentions. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
