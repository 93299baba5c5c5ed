import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { AuditLogError } from './audit-log-error.ts'
import { codeOf, CommitQueue } from './commit-queue.ts'
import { LogWriter } from './log-writer.ts'
import type { FromWriter, Question, ThreadOptions, ToWriter } from './writer-protocol.ts'

const RETRY_MS = 500
const RETENTION_MS = 3_600_000

/**
 * The thread that owns the files. While one sync runs, messages pile up in the port; the next commit takes them all:
 * that is the whole of group commit.
 */
function run(port: MessagePort, options: ThreadOptions): void {
  const say = (message: FromWriter): void => port.postMessage(message)
  const writer = open(options, say)
  if (writer === undefined) return port.close()
  const queue = new CommitQueue(writer, { onFailure: options.onFailure, maxBatch: options.maxBatch, say })
  let headTimer: NodeJS.Timeout | undefined

  const tried = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      queue.fail(error)
    }
  }
  const drain = (): void => {
    queue.drain()
    headTimer ??= setTimeout(() => {
      headTimer = undefined
      tried(() => writer.head())
    }, options.headAfterMs)
  }
  const take = (message: ToWriter): void => {
    if (message.kind === 'append') queue.add(message)
    else if (message.kind === 'gap') queue.addGap(message.gap, 'queue full')
    else {
      queue.drain(message.what.kind === 'close')
      say({ kind: 'answer', id: message.id, ...answer(writer, message.what) })
      // Timers would keep the thread; what was said is delivered.
      if (message.what.kind === 'close') process.exit()
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
    if (queue.isFailing) queue.drain()
  }, RETRY_MS)
  setInterval(() => tried(() => writer.retain()), RETENTION_MS)
  say({ kind: 'ready', log: writer.log })
}

function open(options: ThreadOptions, say: (message: FromWriter) => void): LogWriter | undefined {
  try {
    const writer = new LogWriter(options)
    writer.retain()
    return writer
  } catch (error) {
    const known = error instanceof AuditLogError
    say({ kind: 'refused', code: known ? error.code : 'unwritable', message: known ? error.message : codeOf(error) })
    return undefined
  }
}

function answer(writer: LogWriter, what: Question): Omit<Extract<FromWriter, { kind: 'answer' }>, 'kind' | 'id'> {
  try {
    if (what.kind === 'head') return { head: writer.head() }
    if (what.kind === 'erase') return { done: writer.erase(what.user) }
    writer.close()
    return { done: true }
  } catch (error) {
    return { error: codeOf(error) }
  }
}

if (parentPort !== null) run(parentPort, workerData as ThreadOptions)
