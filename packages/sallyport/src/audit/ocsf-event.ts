import type { AuditEvent } from './audit-event.ts'
import { catalogueEntry } from './catalogue-entry.ts'
import type { JsonValue } from '../guard/canonical-json.ts'

const SCHEMA_VERSION = '1.6.0'
const DETECTION_FINDING = 2004
const AUTHENTICATION = 3002
const API_ACTIVITY = 6003
const SEVERITY_IDS = { info: 1, low: 2, medium: 3, high: 4, critical: 5 } as const
/** OCSF `disposition_id`: what was done about it. */
const DISPOSITIONS: Readonly<Record<string, number>> = {
  success: 1,
  allow: 1,
  failure: 2,
  block: 2,
  redact: 11,
  monitor: 17,
  review: 14,
}
const ALERTED = 19
/** OCSF `status_id` of classes that say how something ended, and of findings. */
const STATUS = { unknown: 0, success: 1, failure: 2 } as const
const FINDING_STATUS = { isNew: 1, inProgress: 2, resolved: 4 } as const
const OTHER = 99
const PRODUCT = { name: 'Sallyport', vendor_name: 'Sallyport' }
const ADMIN = 2
const POLICY = 5

export interface OcsfSource {
  readonly seq: number
  /** ISO time of writing. */
  readonly time: string
  readonly hash: string
  readonly event: Omit<AuditEvent, 'type'> & { readonly type: string }
}

type Event = OcsfSource['event']

/**
 * A record as an OCSF event, for a SIEM. Undefined for the records a log writes about itself. What OCSF has no place for
 * (spans, fingerprints, the hash of the record) stands under `unmapped`.
 */
export function ocsfEvent({ seq, time, hash, event }: OcsfSource): Record<string, JsonValue> | undefined {
  const entry = catalogueEntry(event.type, event.outcome, event.activity)
  if (entry === undefined) return undefined
  const { classUid, activityId } = entry.ocsf
  const code = entry.owasp ?? event.type
  const isTraced = classUid === API_ACTIVITY && event.traceId !== undefined
  const disposition = dispositionOf(classUid, event)
  return withoutUndefined({
    class_uid: classUid,
    category_uid: Math.floor(classUid / 1000),
    activity_id: activityId,
    activity_name: activityId === OTHER ? code : undefined,
    type_uid: classUid * 100 + activityId,
    severity_id: SEVERITY_IDS[event.severity] ?? 0,
    time: Date.parse(event.time ?? time),
    end_time: event.until === undefined ? undefined : Date.parse(event.until),
    count: event.count,
    duration: event.durationMs === undefined ? undefined : Math.round(event.durationMs),
    message: event.detail ?? entry.summary,
    status_id: statusOf(classUid, event),
    status_code: event.status === undefined ? undefined : String(event.status),
    disposition_id: disposition,
    is_alert: event.type === 'alert' ? true : undefined,
    metadata: withoutUndefined({
      version: SCHEMA_VERSION,
      product: PRODUCT,
      uid: event.id ?? String(seq),
      correlation_uid: event.requestId,
      sequence: seq,
      logged_time: Date.parse(time),
      event_code: code,
      profiles: [...(disposition === undefined ? [] : ['security_control']), ...(isTraced ? ['trace'] : [])],
      labels: [...entry.threats],
    }),
    trace: isTraced ? { uid: event.traceId } : undefined,
    ...classFields(classUid, seq, event),
    unmapped: withoutUndefined({
      type: event.type,
      outcome: event.outcome,
      traceId: isTraced ? undefined : event.traceId,
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

/** How it ended; of a finding, what has become of it: there 2 would say that somebody works on it. */
function statusOf(classUid: number, { outcome, activity }: Event): number {
  if (classUid === DETECTION_FINDING) {
    if (activity === 'close') return FINDING_STATUS.resolved
    return activity === 'update' ? FINDING_STATUS.inProgress : FINDING_STATUS.isNew
  }
  if (outcome === undefined) return STATUS.unknown
  return outcome === 'failure' || outcome === 'block' || outcome === 'review' ? STATUS.failure : STATUS.success
}

/** What a control did: nothing is controlled where a program starts, fails or is administered. */
function dispositionOf(classUid: number, { type, outcome }: Event): number | undefined {
  if (type === 'alert') return ALERTED
  if (![DETECTION_FINDING, AUTHENTICATION, API_ACTIVITY].includes(classUid) || outcome === undefined) return undefined
  return DISPOSITIONS[outcome]
}

/** What the class asks for besides. */
function classFields(classUid: number, seq: number, event: Event): Record<string, JsonValue | undefined> {
  const { keyId, role, user: person } = event.actor ?? {}
  const user = withoutUndefined({
    uid: person ?? keyId ?? 'unknown',
    type_id: role === undefined ? undefined : role === 'admin' ? ADMIN : OTHER,
    type: role,
    credential_uid: keyId,
  })
  const source = { src_endpoint: endpointOf(event.source) }
  const service = { name: 'sallyport' }
  switch (classUid) {
    case DETECTION_FINDING:
      return {
        evidences: evidencesOf(event, user),
        finding_info: {
          uid: event.id ?? String(seq),
          title: event.rule ?? event.type,
          types: event.codes === undefined ? [event.type] : [...event.codes],
        },
      }
    case AUTHENTICATION:
      return { user, service, ...source }
    case 3004:
      return {
        actor: { user },
        entity:
          event.type === 'config-change'
            ? { type_id: POLICY, type: 'Policy', name: 'policy' }
            : { type_id: OTHER, type: 'Credential', name: event.type === 'secret-access' ? 'secret' : 'key' },
      }
    case 6002:
      return { app: PRODUCT }
    case 6008:
      return {}
    default:
      return { actor: { user }, api: { operation: event.route ?? event.type, service }, ...source }
  }
}

/** Who and where from, as far as it is known: a finding has no actor of its own. */
function evidencesOf({ actor, source, route }: Event, user: Record<string, JsonValue>): JsonValue[] | undefined {
  const evidence = withoutUndefined({
    actor: actor === undefined ? undefined : { user },
    src_endpoint: source === undefined ? undefined : endpointOf(source),
    api: route === undefined ? undefined : { operation: route },
  })
  return Object.keys(evidence).length === 0 ? undefined : [evidence]
}

/** An alert names a network (`10.1.2.0/24`), which is no address. */
function endpointOf(source: string | undefined): Record<string, JsonValue> {
  const isAddress = source !== undefined && !source.includes('/')
  return withoutUndefined({ ip: isAddress ? source : undefined, name: source ?? 'unknown' })
}

function withoutUndefined(value: Readonly<Record<string, JsonValue | undefined>>): Record<string, JsonValue> {
  const kept: Record<string, JsonValue> = {}
  for (const [key, member] of Object.entries(value)) if (member !== undefined) kept[key] = member
  return kept
}
