import { createHash, hash as digest } from 'node:crypto'

/** Where a chain stands: the record that was written last. */
export interface ChainState {
  /** 0 before the first record. */
  readonly seq: number
  /** Hex SHA-256. */
  readonly hash: string
}

export const CHAIN_START: ChainState = { seq: 0, hash: '0'.repeat(64) }

export interface RecordLine extends ChainState {
  readonly prev: string
  readonly time: string
  /** The event as canonical JSON. */
  readonly event: string
  /** The hash over the line's own bytes is the one that it states. */
  readonly isIntact: boolean
}

// A record is canonical JSON, so its members stand in this order and everything after the event has a fixed form.
const HEAD = '{"event":'
const TAIL =
  /,"hash":"([0-9a-f]{64})","prev":"([0-9a-f]{64})","seq":([1-9]\d{0,15}),"time":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"\}$/
const MAX_TAIL = 240
const HASH_MEMBER = ',"hash":"'.length + 64 + 1

/** One record as a line (with its line feed): canonical JSON of `{event, hash, prev, seq, time}`. */
export function writeRecord(previous: ChainState, event: string, time: string): { line: string; state: ChainState } {
  const seq = previous.seq + 1
  const rest = `,"prev":"${previous.hash}","seq":${seq},"time":"${time}"}`
  const hash = digest('sha256', `${HEAD}${event}${rest}`, 'hex')
  return { line: `${HEAD}${event},"hash":"${hash}"${rest}\n`, state: { seq, hash } }
}

/** What a line says, its hash not computed. */
export type ParsedLine = Omit<RecordLine, 'isIntact'>

/**
 * Reads one line (without its line feed); undefined when it has not the form of a record. The hash is computed over the
 * bytes as they stand, so that no other way of writing the same JSON passes.
 */
export function readRecord(line: Buffer): RecordLine | undefined {
  const record = parseRecord(line)
  if (record === undefined) return undefined
  const { eventEnd, ...parsed } = record
  const computed = createHash('sha256')
    .update(line.subarray(0, eventEnd))
    .update(line.subarray(eventEnd + HASH_MEMBER))
    .digest('hex')
  return { ...parsed, isIntact: computed === parsed.hash }
}

/** The same without looking whether the hash is right: for those who search, which proves nothing. */
export function parseRecord(line: Buffer): (ParsedLine & { readonly eventEnd: number }) | undefined {
  const from = Math.max(0, line.length - MAX_TAIL)
  const tail = TAIL.exec(line.toString('latin1', from))
  if (tail === null || line.toString('latin1', 0, HEAD.length) !== HEAD) return undefined
  const [, hash = '', prev = '', seq = '', time = ''] = tail
  const eventEnd = from + tail.index
  const event = line.toString('utf8', HEAD.length, eventEnd)
  return { seq: Number(seq), hash, prev, time, event, eventEnd }
}
