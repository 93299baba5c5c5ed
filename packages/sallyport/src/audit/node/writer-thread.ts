import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { AuditEvent } from '../audit-event.ts'
import { AuditLogError } from './audit-log-error.ts'
import { LogWriter } from './log-writer.ts'
import type { FromWriter, Gap, ThreadOptions, ToWriter } from './writer-protocol.ts'

const RETRY_MS = 500
const RETENTION_MS = 3_600_000

type Append = Extract<ToWriter, { kind: 'append' }>

/**
 * The thread that owns the files. While one sync runs, messages pile up in the port; the next commit takes them all:
 * that is the whole of group commit.
 */
function run(options: ThreadOptions): void {
  const port = parentPort
  if (port === null) throw new Error('This module runs on a thread of its own.')
  const say = (message: FromWriter): void => port.postMessage(message)
  let writer: LogWriter
  try {
    writer = new LogWriter(options)
    writer.retain()
  } catch (error) {
    const known = error instanceof AuditLogError
    say({ kind: 'refused', code: known ? error.code : 'unwritable', message: known ? error.message : codeOf(error) })
    port.close()
    return
  }

  const waiting: Append[] = []
  let gap: (Gap & { readonly reason: string }) | undefined
  let isFailing = false
  let retryAt = 0
  let headTimer: NodeJS.Timeout | undefined

  const addGap = (count: number, from: string, to: string, reason: string): void => {
    gap = { count: count + (gap?.count ?? 0), from: gap?.from ?? from, to, reason: gap?.reason ?? reason }
  }

  const failed = (error: unknown): void => {
    if (!isFailing) say({ kind: 'failing', code: codeOf(error) })
    isFailing = true
    retryAt = Date.now() + RETRY_MS
    if (options.onFailure === 'block') setTimeout(() => drain(true), RETRY_MS)
  }

  const drop = (reason: string): void => {
    const now = new Date().toISOString()
    for (const { batch, count } of waiting.splice(0)) {
      addGap(count, now, now, reason)
      say({ kind: 'dropped', batch })
    }
  }

  const drain = (isRetry = false): void => {
    if (isFailing && !isRetry && Date.now() < retryAt) {
      if (options.onFailure === 'drop') drop('unwritable')
      return
    }
    try {
      if (gap !== undefined) {
        writer.commitGap(gap)
        gap = undefined
      }
      while (waiting.length > 0) {
        const taken = firstOf(waiting, options.maxBatch)
        writer.commit(taken.flatMap(({ events }) => JSON.parse(events) as AuditEvent[]))
        waiting.splice(0, taken.length)
        say({ kind: 'acknowledged', batch: taken.at(-1)?.batch ?? 0 })
      }
      if (isFailing) say({ kind: 'recovered' })
      isFailing = false
    } catch (error) {
      failed(error)
      if (options.onFailure === 'drop') drop(codeOf(error))
      return
    }
    headTimer ??= setTimeout(signHead, options.headAfterMs)
  }
  const signHead = (): void => {
    headTimer = undefined
    try {
      writer.head()
    } catch (error) {
      failed(error)
    }
  }

  const answer = (id: number, what: Extract<ToWriter, { kind: 'ask' }>['what']): void => {
    try {
      if (what.kind === 'head') say({ kind: 'answer', id, head: writer.head() })
      else if (what.kind === 'erase') say({ kind: 'answer', id, done: writer.erase(what.user) })
      else {
        drain(true)
        clearTimeout(headTimer)
        writer.close()
        say({ kind: 'answer', id, done: !isFailing })
        process.exit()
      }
    } catch (error) {
      say({ kind: 'answer', id, error: codeOf(error) })
      if (what.kind === 'close') process.exit()
    }
  }

  const take = (message: ToWriter): void => {
    if (message.kind === 'append') waiting.push(message)
    else if (message.kind === 'gap') addGap(message.gap.count, message.gap.from, message.gap.to, 'queue full')
    else {
      drain()
      answer(message.id, message.what)
    }
  }

  port.on('message', (message: ToWriter) => {
    take(message)
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      take(next.message as ToWriter)
    }
    drain()
  })
  setInterval(() => {
    try {
      writer.retain()
    } catch (error) {
      failed(error)
    }
  }, RETENTION_MS).unref()
  say({ kind: 'ready', log: writer.log })
}

/** As many batches as one sync may cover, at least one. */
function firstOf(waiting: readonly Append[], maxEvents: number): readonly Append[] {
  let events = 0
  const end = waiting.findIndex(({ count }) => (events += count) > maxEvents)
  return end === -1 ? waiting.slice() : waiting.slice(0, Math.max(1, end))
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? (error instanceof Error ? error.name : 'unknown')
}

run(workerData as ThreadOptions)
