import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../guard/canonical-json.ts'
import type { JsonValue } from '../../guard/canonical-json.ts'
import { nodeFiles } from './file-layer.ts'
import { isLocked } from './folder-lock.ts'
import type { LogProblem, LogReport, ProblemCode } from './log-report.ts'
import { readLines } from './read-lines.ts'
import { CHAIN_START, readRecord } from './record-line.ts'
import type { RecordLine } from './record-line.ts'
import { parseHead } from './recover-tail.ts'
import { listSegments } from './segments.ts'
import type { Segment } from './segments.ts'
import { isSignedBy, keyId, readPublicKey } from './signing-key.ts'
import type { Signed } from './signing-key.ts'
import type { Anchor, LogRecord, LogStatement } from './statements.ts'
import { SubjectCheck } from './subject-check.ts'

export interface VerifyOptions {
  /** Heads that were kept elsewhere. */
  readonly anchors?: readonly Anchor[]
  /** The public key, from a place that is trusted more than the folder: DER (SPKI), base64url. */
  readonly publicKey?: string
  /** Called now and then, and when everything is read, with the bytes so far. */
  readonly onProgress?: (bytes: number) => void
}

const MAX_PROBLEMS = 100

/** Reads a whole log and finds every change, deletion, insertion and swap, and what was cut off a signed end. */
export function verifyLog(folder: string, options: VerifyOptions = {}): LogReport {
  return new Verification(folder, options).run()
}

class Verification {
  readonly #folder: string
  readonly #options: VerifyOptions
  readonly #anchors: readonly Anchor[]
  readonly #key: string | undefined
  readonly #subjects: SubjectCheck
  readonly #problems: LogProblem[] = []
  /** Records that some statement outside the chain speaks of, with the hash they must have. */
  readonly #expected = new Map<number, { readonly hash: string; readonly anchor?: Anchor }[]>()
  #head: Anchor | undefined
  #log: string | undefined
  #previous: RecordLine | undefined
  #first: RecordLine | undefined
  /** Where the signed stubs say that the log may begin: the number of the last record removed, and its hash. */
  readonly #stubs = new Map<number, string>()
  #records = 0
  #bytes = 0
  #signedThrough = 0
  #anchoredThrough = 0
  #recoveries = 0
  #lostEvents = 0

  constructor(folder: string, options: VerifyOptions) {
    this.#folder = folder
    this.#options = options
    this.#anchors = options.anchors ?? []
    this.#subjects = new SubjectCheck(folder)
    this.#key = options.publicKey ?? this.#anchors[0]?.publicKey ?? readPublicKey(nodeFiles, folder)
  }

  run(): LogReport {
    // Before the records: a log that is being written only grows behind the head that was read.
    this.#readStatements()
    const segments = listSegments({ list: readdirSync }, this.#folder)
    segments.forEach((segment, at) => this.#readSegment(segment, at === segments.length - 1))
    this.#options.onProgress?.(this.#bytes)
    this.#checkStart()
    this.#checkEnd()
    const persons = this.#subjects.finish()
    this.#problems.push(...persons.problems)
    return {
      isIntact: this.#problems.length === 0,
      ...(this.#log === undefined ? {} : { log: this.#log }),
      records: this.#records,
      segments: segments.length,
      bytes: this.#bytes,
      firstSeq: this.#first?.seq ?? 0,
      lastSeq: this.#previous?.seq ?? 0,
      signedThrough: this.#signedThrough,
      anchoredThrough: this.#anchoredThrough,
      retired: Math.max(0, (this.#first?.seq ?? 1) - 1),
      recoveries: this.#recoveries,
      lostEvents: this.#lostEvents,
      problems: this.#problems,
      unknown: [...persons.unknown, ...this.#unknown()],
    }
  }

  #readStatements(): void {
    if (this.#key === undefined) this.#problem('wrong-key', 'The public key signing.pub is missing or cannot be read.')
    const beside = readPublicKey(nodeFiles, this.#folder)
    if (this.#key !== undefined && beside !== this.#key) {
      this.#problem('wrong-key', 'The public key beside the log is not the one that is trusted.')
    }
    // Read once: the writer may replace it at any moment.
    const content = nodeFiles.read(join(this.#folder, 'head.json')) ?? Buffer.alloc(0)
    this.#head = parseHead(content)
    if (this.#head === undefined) {
      this.#problem('head-missing', 'The signed head head.json is missing or cannot be read.')
    } else if (!isCanonical(content, this.#head) || !this.#isValid(this.#head)) {
      this.#problem('bad-signature', 'The signature of head.json is not valid.')
      this.#head = undefined
    } else {
      this.#expect(this.#head)
      if (this.#head.publicKey !== this.#key) this.#problem('wrong-key', 'head.json names another public key.')
    }
    this.#log = this.#head?.statement.log
    for (const anchor of this.#anchors) {
      if (this.#isValid(anchor)) this.#expect(anchor, anchor)
      else
        this.#problem(
          'bad-signature',
          `The anchor of record ${anchor.statement.seq} is not signed by the key of this log.`,
        )
    }
  }

  #readSegment(segment: Segment, isLast: boolean): void {
    let isFirst = true
    for (const { bytes, isWhole } of readLines(segment.path)) {
      this.#bytes += bytes.length + (isWhole ? 1 : 0)
      if (!isWhole) {
        // The writer may be in the middle of it.
        if (isLast && isLocked(this.#folder)) continue
        this.#problem('torn-tail', 'The last record is not whole: a crash or a cut.', segment.name)
        continue
      }
      const record = readRecord(bytes)
      if (record === undefined) {
        this.#problem('unreadable-record', 'A line is no record.', segment.name, (this.#previous?.seq ?? 0) + 1)
        continue
      }
      if (isFirst && record.seq !== segment.firstSeq) {
        this.#problem(
          'wrong-segment-name',
          'The segment does not begin with the record it is named after.',
          segment.name,
          record.seq,
        )
      }
      isFirst = false
      this.#readOne(record, segment)
      if (++this.#records % 20_000 === 0) this.#options.onProgress?.(this.#bytes)
    }
  }

  #readOne(record: RecordLine, segment: Segment): void {
    const previous = this.#previous
    if (!record.isIntact) {
      this.#problem('changed-record', 'The record does not have the hash it states.', segment.name, record.seq)
    }
    if (previous !== undefined && (record.seq !== previous.seq + 1 || record.prev !== previous.hash)) {
      const message =
        record.seq === previous.seq + 1
          ? 'The record does not follow the one before it.'
          : `Record ${previous.seq} is followed by record ${record.seq}: records were removed, inserted or moved.`
      this.#problem('broken-chain', message, segment.name, record.seq)
    }
    const closed = this.#head?.statement.closed === true ? this.#head.statement.seq : undefined
    if (closed !== undefined && record.seq === closed + 1 && !isOpening(record)) {
      this.#problem(
        'after-close',
        'A record follows the signed end of a log that was closed.',
        segment.name,
        record.seq,
      )
    }
    this.#first ??= record
    this.#previous = record
    for (const { hash, anchor } of this.#expected.get(record.seq) ?? []) {
      if (hash === record.hash) this.#vouch(record.seq, anchor)
      else if (anchor === undefined) {
        this.#problem('head-mismatch', 'The record is not the one the signed head speaks of.', segment.name, record.seq)
      } else
        this.#problem('anchor-mismatch', 'The record is not the one the anchor speaks of.', segment.name, record.seq)
    }
    if (record.event.includes('"type":"log-')) this.#readOwn(record, segment)
    else this.#subjects.see(record.event)
  }

  #vouch(seq: number, anchor: Anchor | undefined): void {
    this.#signedThrough = Math.max(this.#signedThrough, seq)
    if (anchor !== undefined) this.#anchoredThrough = Math.max(this.#anchoredThrough, seq)
  }

  /** A record the log writes about itself. */
  #readOwn(record: RecordLine, segment: Segment): void {
    const own = parse(record.event)
    switch (own?.type) {
      case 'log-start':
        this.#log ??= own.log
        if (this.#key !== undefined && own.key !== this.#key) {
          this.#problem('wrong-key', 'The log was begun with another key.', segment.name, record.seq)
        }
        break
      case 'log-head':
        if (!this.#holds(own, record, segment)) break
        if (own.statement.seq !== record.seq - 1 || own.statement.hash !== record.prev) {
          this.#problem('head-mismatch', 'A signed head speaks of another chain.', segment.name, record.seq)
        } else this.#vouch(own.statement.seq, undefined)
        break
      case 'log-recovery':
        this.#recoveries++
        if (this.#holds(own, record, segment) && own.statement.missing > 0) {
          const { missing } = own.statement
          this.#problem(
            'lost-records',
            `After a restart ${missing} signed records were gone.`,
            segment.name,
            record.seq,
          )
        }
        break
      case 'log-retention':
        if (this.#holds(own, record, segment)) this.#stubs.set(own.statement.seq, own.statement.hash)
        break
      case 'log-gap':
        if (Number.isSafeInteger(own.count)) this.#lostEvents += own.count
        break
      case 'log-erasure':
        this.#subjects.erased(own)
        break
      case undefined:
        break
      default:
        own satisfies never
    }
  }

  #holds(signed: Signed<LogStatement>, record: RecordLine, segment: Segment): boolean {
    if (this.#isValid(signed)) return true
    this.#problem('bad-signature', 'A statement of the log is not signed by its key.', segment.name, record.seq)
    return false
  }

  #isValid(signed: Signed<LogStatement>): boolean {
    const statement = signed.statement as LogStatement | undefined
    if (typeof statement?.seq !== 'number' || typeof statement.hash !== 'string') return false
    if (this.#key === undefined || (this.#log !== undefined && statement.log !== this.#log)) return false
    return statement.key === keyId(this.#key) && isSignedBy(this.#key, signed)
  }

  #expect(signed: Signed<LogStatement>, anchor?: Anchor): void {
    const { seq, hash } = signed.statement
    const entry = anchor === undefined ? { hash } : { hash, anchor }
    this.#expected.set(seq, [...(this.#expected.get(seq) ?? []), entry])
  }

  #checkStart(): void {
    const first = this.#first
    if (first === undefined || (first.seq === 1 && first.prev === CHAIN_START.hash)) return
    if (this.#stubs.get(first.seq - 1) === first.prev) return
    this.#problem(
      'start-missing',
      `The log begins with record ${first.seq}, and no signed stub says why.`,
      undefined,
      first.seq,
    )
  }

  #checkEnd(): void {
    const last = this.#previous?.seq ?? 0
    const first = this.#first?.seq ?? 1
    for (const [seq, expected] of this.#expected) {
      for (const { anchor } of expected) {
        if (seq > last) {
          const who = anchor === undefined ? 'The signed head' : 'The anchor'
          this.#problem(
            'truncated',
            `${who} speaks of record ${seq}, but the log ends with record ${last}.`,
            undefined,
            last,
          )
        } else if (seq < first && anchor !== undefined && this.#stubs.get(seq) === anchor.statement.hash) {
          this.#vouch(seq, anchor)
        }
      }
    }
  }

  #unknown(): string[] {
    const unknown: string[] = []
    const last = this.#previous?.seq ?? 0
    if (this.#signedThrough < last) {
      unknown.push(
        `Records ${this.#signedThrough + 1} to ${last} are newer than the last signed head: whether this log wrote them, and whether more followed, cannot be known.`,
      )
    }
    if (this.#anchors.length === 0) {
      unknown.push(
        'Without an anchor kept elsewhere: whether somebody who could write the whole folder put back an older state of it with its older head, or wrote it anew with a key of their own.',
      )
    } else if (this.#anchoredThrough < last) {
      unknown.push(
        `Records after ${this.#anchoredThrough} are newer than the newest anchor: an older state of them put back by somebody who could write the whole folder cannot be told.`,
      )
    }
    for (const { statement } of this.#anchors) {
      if (statement.seq < (this.#first?.seq ?? 1) && this.#stubs.get(statement.seq) !== statement.hash) {
        unknown.push(`The anchor of record ${statement.seq} speaks of records that retention removed.`)
      }
    }
    unknown.push('Whether somebody who could read signing.key rewrote records after the newest anchor.')
    return unknown
  }

  #problem(code: ProblemCode, message: string, segment?: string, seq?: number): void {
    if (this.#problems.length >= MAX_PROBLEMS) return
    this.#problems.push({
      code,
      message,
      ...(segment === undefined ? {} : { segment }),
      ...(seq === undefined ? {} : { seq }),
    })
  }
}

function isCanonical(content: Buffer, head: Anchor): boolean {
  try {
    return content.equals(Buffer.from(`${canonicalJson(head as unknown as JsonValue)}\n`))
  } catch {
    return false
  }
}

/** What the writer signs when it opens a log. */
function isOpening({ event }: RecordLine): boolean {
  const type = parse(event)?.type
  return type === 'log-head' || type === 'log-recovery'
}

function parse(event: string): LogRecord | undefined {
  try {
    const own = JSON.parse(event) as Partial<LogRecord>
    return typeof own.type === 'string' && own.type.startsWith('log-') ? (own as LogRecord) : undefined
  } catch {
    return undefined
  }
}
