import type { AuditEvent } from './audit-event.ts'
import { catalogueEntry } from './catalogue-entry.ts'
import type { JsonValue } from '../guard/canonical-json.ts'

const SCHEMA_VERSION = '1.6.0'
const SEVERITY_IDS = { info: 1, low: 2, medium: 3, high: 4, critical: 5 } as const
/** OCSF `disposition_id`: what was done about it. */
const DISPOSITIONS: Readonly<Record<string, number>> = {
  success: 1,
  allow: 1,
  failure: 2,
  block: 2,
  redact: 11,
  monitor: 17,
  review: 15,
}

export interface OcsfSource {
  readonly seq: number
  /** ISO time of writing. */
  readonly time: string
  readonly hash: string
  readonly event: Omit<AuditEvent, 'type'> & { readonly type: string }
}

/**
 * A record as an OCSF event, for a SIEM. Undefined for the records a log writes about itself. What OCSF has no place for
 * (spans, fingerprints, the hash of the record) stands under `unmapped`.
 */
export function ocsfEvent({ seq, time, hash, event }: OcsfSource): Record<string, JsonValue> | undefined {
  const entry = catalogueEntry(event.type, event.outcome)
  if (entry === undefined) return undefined
  const { classUid, activityId } = entry.ocsf
  const failed = event.outcome === 'failure' || event.outcome === 'block'
  return withoutUndefined({
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1000),
    activity_id: activityId,
    type_uid: classUid * 100 + activityId,
    severity_id: SEVERITY_IDS[event.severity] ?? 0,
    time: Date.parse(event.time ?? time),
    end_time: event.until === undefined ? undefined : Date.parse(event.until),
    count: event.count,
    duration: event.durationMs === undefined ? undefined : Math.round(event.durationMs),
    message: event.detail ?? entry.summary,
    status_id: event.outcome === undefined ? 0 : failed ? 2 : 1,
    status_code: event.status === undefined ? undefined : String(event.status),
    disposition_id: event.outcome === undefined ? undefined : DISPOSITIONS[event.outcome],
    metadata: withoutUndefined({
      version: SCHEMA_VERSION,
      product: { name: 'Sallyport', vendor_name: 'Sallyport' },
      uid: event.id ?? String(seq),
      correlation_uid: event.requestId,
      trace_uid: event.traceId,
      sequence: seq,
      logged_time: Date.parse(time),
      event_code: entry.owasp ?? event.type,
      profiles: ['security_control'],
      labels: [...entry.threats],
    }),
    ...classFields(classUid, seq, event),
    unmapped: withoutUndefined({
      type: event.type,
      outcome: event.outcome,
      stage: event.stage,
      model: event.model,
      rule: event.rule,
      codes: event.codes === undefined ? undefined : [...event.codes],
      findings: event.findings?.map((finding) => ({ ...finding })),
      timings: event.timings,
      policyDigest: event.policyDigest,
      hash,
    }),
  })
}

/** What the class asks for besides. */
function classFields(classUid: number, seq: number, event: OcsfSource['event']): Record<string, JsonValue | undefined> {
  const user = withoutUndefined({
    uid: event.actor?.user ?? event.actor?.keyId ?? 'unknown',
    type: event.actor?.role,
    credential_uid: event.actor?.keyId,
  })
  const source = {
    src_endpoint: withoutUndefined({ ip: event.source, name: event.source ?? 'unknown' }),
  }
  const service = { name: 'sallyport' }
  switch (classUid) {
    case 2004:
      return {
        actor: { user },
        finding_info: {
          uid: event.id ?? String(seq),
          title: event.rule ?? event.type,
          types: event.codes === undefined ? [event.type] : [...event.codes],
        },
      }
    case 3002:
      return { user, service, ...source }
    case 3004:
      return {
        actor: { user },
        entity: { type: event.type === 'config-change' ? 'Policy' : 'Credential', name: event.type },
      }
    case 6002:
    case 6008:
      return { app: service }
    default:
      return { actor: { user }, api: { operation: event.route ?? event.type, service }, ...source }
  }
}

function withoutUndefined(value: Readonly<Record<string, JsonValue | undefined>>): Record<string, JsonValue> {
  const kept: Record<string, JsonValue> = {}
  for (const [key, member] of Object.entries(value)) if (member !== undefined) kept[key] = member
  return kept
}
