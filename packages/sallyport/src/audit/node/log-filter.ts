import type { AuditEvent } from '../audit-event.ts'

/** A record as people read it: the event, and where it stands in the log. */
export interface LogEntry {
  readonly seq: number
  /** When it was written. */
  readonly time: string
  readonly hash: string
  /** A person's name stands in it as text, or as `(erased)`. Types beginning with `log-` are the log's own. */
  readonly event: Omit<AuditEvent, 'type'> & { readonly type: string }
}

/** Which entries are looked for. What is absent narrows nothing. */
export interface LogFilter {
  /** ISO times: events from `from` (inclusive) to `to` (exclusive). */
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
  readonly keyId?: string
  readonly requestId?: string
  readonly user?: string
  readonly severity?: readonly string[]
  /** `guard/code`, or a guard alone for all its codes. */
  readonly rule?: string
  /** Only records behind this one. */
  readonly afterSeq?: number
  /** Only records before this one. */
  readonly beforeSeq?: number
  /** Records the log writes about itself. Default false. */
  readonly includeOwn?: boolean
  /** At most this many. Default: all. */
  readonly limit?: number
}

export function matches({ event, time, seq }: LogEntry, filter: LogFilter): boolean {
  if (filter.afterSeq !== undefined && seq <= filter.afterSeq) return false
  if (filter.beforeSeq !== undefined && seq >= filter.beforeSeq) return false
  if (event.type.startsWith('log-') && filter.includeOwn !== true && filter.types === undefined) return false
  if (filter.types !== undefined && !filter.types.includes(event.type)) return false
  const at = event.time ?? time
  if (filter.from !== undefined && at < filter.from) return false
  if (filter.to !== undefined && at >= filter.to) return false
  if (filter.keyId !== undefined && event.actor?.keyId !== filter.keyId) return false
  if (filter.requestId !== undefined && event.requestId !== filter.requestId) return false
  if (filter.user !== undefined && event.actor?.user !== filter.user) return false
  if (filter.rule !== undefined && !isRule(event.rule, filter.rule)) return false
  return filter.severity === undefined || filter.severity.includes(event.severity)
}

function isRule(rule: string | undefined, wanted: string): boolean {
  return rule === wanted || (!wanted.includes('/') && rule !== undefined && guardOf(rule) === wanted)
}

/** The guard a rule belongs to: `pii` of `pii/email`. */
export function guardOf(rule: string): string {
  const slash = rule.indexOf('/')
  return slash < 0 ? rule : rule.slice(0, slash)
}

/**
 * Byte strings that stand in every line that matches. Most lines of a segment do not match, and looking for bytes is far
 * cheaper than parsing.
 */
export function needlesOf({ requestId, keyId, types, rule }: LogFilter, subject: string | undefined): Buffer[] {
  const exactRule = rule?.includes('/') === true ? rule : undefined
  const texts = [requestId, keyId, subject, exactRule, types?.length === 1 ? types[0] : undefined]
  return texts.flatMap((text) => (text === undefined ? [] : [Buffer.from(JSON.stringify(text))]))
}
