import type { Severity } from '../guard/finding.ts'
import type { AuditEvent } from './audit-event.ts'
import { EVENT_CATALOGUE } from './event-catalogue.data.ts'

/** What an event is called elsewhere. */
export interface CatalogueEntry {
  readonly summary: string
  /** Word of the OWASP Logging Vocabulary; null where it has none. */
  readonly owasp: string | null
  readonly ocsf: { readonly classUid: number; readonly activityId: number }
  /** The usual severity; an event states its own. */
  readonly severity: Severity
  readonly threats: readonly string[]
}

type Row = CatalogueEntry & {
  readonly failure?: Pick<CatalogueEntry, 'owasp' | 'severity' | 'threats'>
  readonly activities?: Partial<
    Record<NonNullable<AuditEvent['activity']>, { readonly owasp: string | null; readonly activityId: number }>
  >
}

const REFUSED: ReadonlySet<string | undefined> = new Set(['failure', 'review', 'block'])

/** The entry of the catalogue for an event; undefined for a type it does not hold, such as the log's own records. */
export function catalogueEntry(
  type: string,
  outcome?: AuditEvent['outcome'],
  activity?: AuditEvent['activity'],
): CatalogueEntry | undefined {
  if (!Object.hasOwn(EVENT_CATALOGUE, type)) return undefined
  const { failure, activities, ...entry } = EVENT_CATALOGUE[type as keyof typeof EVENT_CATALOGUE] as Row
  const done = activity === undefined ? undefined : activities?.[activity]
  if (done !== undefined) {
    return { ...entry, owasp: done.owasp, ocsf: { ...entry.ocsf, activityId: done.activityId } }
  }
  return failure !== undefined && REFUSED.has(outcome) ? { ...entry, ...failure } : entry
}
