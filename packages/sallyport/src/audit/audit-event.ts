import type { Outcome } from '../guard/decision.ts'
import type { Severity } from '../guard/finding.ts'
import type { Stage } from '../guard/stage.ts'
import { EVENT_CATALOGUE } from './event-catalogue.data.ts'
import type { JsonValue } from '../guard/canonical-json.ts'

export type AuditEventType = keyof typeof EVENT_CATALOGUE

/** Evidence without the text it was found in. */
export interface AuditFinding {
  readonly guard: string
  readonly code: string
  readonly severity: Severity
  readonly confidence: number
  /** UTF-16 offsets, half-open. */
  readonly start: number
  readonly end: number
  /** Characters matched. */
  readonly length?: number | undefined
  /** Keyed digest of the matched text. */
  readonly fingerprint?: string | undefined
}

/** One security event. It has no field for text that came from outside. A member that is undefined is as good as absent. */
export interface AuditEvent {
  readonly type: AuditEventType
  readonly severity: Severity
  readonly id?: string | undefined
  /** ISO 8601, UTC. Default: when the log takes it. */
  readonly time?: string | undefined
  readonly outcome?: Outcome | 'success' | 'failure' | undefined
  /** What was done to the key or the alert the event is about. */
  readonly activity?: 'create' | 'update' | 'delete' | 'close' | undefined
  readonly requestId?: string | undefined
  readonly traceId?: string | undefined
  readonly actor?:
    | {
        readonly keyId?: string | undefined
        readonly role?: string | undefined
        /** A person. Stored encrypted under a key of their own, so that it can be erased. */
        readonly user?: string | undefined
      }
    | undefined
  /** Network address of a caller that was refused. */
  readonly source?: string | undefined
  readonly stage?: Stage | undefined
  readonly model?: string | undefined
  /** `guard/code` of the rule that decided. */
  readonly rule?: string | undefined
  readonly guard?: string | undefined
  readonly codes?: readonly string[] | undefined
  readonly findings?: readonly AuditFinding[] | undefined
  /** Method and route pattern. */
  readonly route?: string | undefined
  readonly status?: number | undefined
  readonly durationMs?: number | undefined
  /** Milliseconds each step took, by its name. */
  readonly timings?: Readonly<Record<string, number>> | undefined
  /** Hex SHA-256 of the policy that judged. */
  readonly policyDigest?: string | undefined
  /** How many equal events this one stands for. Default 1. */
  readonly count?: number | undefined
  /** When the last of them happened. */
  readonly until?: string | undefined
  /** Our words, never quoted input. At most 300 characters are kept. */
  readonly detail?: string | undefined
}

type Field = (value: unknown) => JsonValue | undefined
type Fields = readonly (readonly [name: string, field: Field])[]

const MAY_BE_SURROGATE = /[\uD800-\uDFFF]/
const LONE_SURROGATES = /\p{Surrogate}/gu
const TIMING_NAME = /^[A-Za-z][\w.-]{0,63}$/
const MAX_ITEMS = 50

const text =
  (max: number): Field =>
  (value) => {
    if (typeof value !== 'string') return undefined
    const cut = value.length > max ? value.slice(0, max) : value
    return MAY_BE_SURROGATE.test(cut) ? cut.replace(LONE_SURROGATES, '\uFFFD') : cut
  }
const name = text(200)
const number: Field = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
const list =
  (item: Field): Field =>
  (value) =>
    Array.isArray(value) ? value.slice(0, MAX_ITEMS).flatMap((each: unknown) => item(each) ?? []) : undefined
const object = (fields: Readonly<Record<string, Field>>): Field => {
  const sorted = sortedFields(fields)
  return (value) => (isObject(value) ? pick(value, sorted) : undefined)
}
const timings: Field = (value) => {
  if (!isObject(value)) return undefined
  const names = Object.keys(value).filter((key) => TIMING_NAME.test(key) && Number.isFinite(value[key]))
  return Object.fromEntries(
    names
      .sort()
      .slice(0, MAX_ITEMS)
      .map((key) => [key, value[key] as number]),
  )
}

// The log's own records (`log-head` …) cannot be forged by an event that calls itself so.
const eventType: Field = (value) =>
  typeof value === 'string' && Object.hasOwn(EVENT_CATALOGUE, value) ? value : 'unknown'

const FINDING = {
  guard: name,
  code: name,
  severity: name,
  confidence: number,
  start: number,
  end: number,
  length: number,
  fingerprint: name,
}

const FIELDS: Readonly<Record<keyof AuditEvent, Field>> = {
  type: eventType,
  severity: name,
  id: name,
  time: name,
  outcome: name,
  activity: name,
  requestId: name,
  traceId: name,
  actor: object({ keyId: name, role: name, user: name }),
  source: name,
  stage: name,
  model: name,
  rule: name,
  guard: name,
  codes: list(name),
  findings: list(object(FINDING)),
  route: name,
  status: number,
  durationMs: number,
  timings,
  policyDigest: name,
  count: number,
  until: name,
  detail: text(300),
}
const SORTED_FIELDS = sortedFields(FIELDS)

/**
 * The event with the known fields only, each of its type and cut to its length: a field somebody adds by mistake (a
 * prompt, say) never reaches the disk. Members are in canonical order, so that plain `JSON.stringify` of the answer is
 * canonical JSON: several times faster than sorting each event.
 */
export function cleanEvent(event: AuditEvent): Record<string, JsonValue> {
  return pick(event as unknown as Readonly<Record<string, unknown>>, SORTED_FIELDS)
}

function sortedFields(fields: Readonly<Record<string, Field>>): Fields {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
}

function pick(value: Readonly<Record<string, unknown>>, fields: Fields): Record<string, JsonValue> {
  const picked: Record<string, JsonValue> = {}
  for (const [key, field] of fields) {
    const given = value[key]
    const clean = given === undefined ? undefined : field(given)
    if (clean !== undefined) picked[key] = clean
  }
  return picked
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
