import { describe, expect, it } from 'vitest'
import { CommitQueue } from './commit-queue.ts'
import { LogWriter } from './log-writer.ts'
import { eventNumber, LOG_FOLDER } from './testing/log-fixture.ts'
import { VolatileFiles } from './testing/volatile-files.ts'
import type { FailureMode, FromWriter } from './writer-protocol.ts'

function queueOn(files: VolatileFiles, onFailure: FailureMode) {
  const said: FromWriter[] = []
  const clock = { now: 0 }
  const writer = new LogWriter({ folder: LOG_FOLDER, files })
  const queue = new CommitQueue(writer, {
    onFailure,
    maxBatch: 100,
    say: (each) => said.push(each),
    now: () => clock.now,
  })
  let batch = 0
  const add = (events: number): void => {
    const list = Array.from({ length: events }, (_, at) => eventNumber(at))
    queue.add({ kind: 'append', batch: ++batch, count: events, events: JSON.stringify(list) })
  }
  const text = (): string => files.read(`${LOG_FOLDER}/0000000000000001.jsonl`)?.toString('utf8') ?? ''
  return { queue, said, clock, add, text }
}

describe('CommitQueue on a full disk', () => {
  it('block: keeps events until there is room, then acknowledges them', () => {
    const files = new VolatileFiles()
    const { queue, said, clock, add } = queueOn(files, 'block')
    files.room = 0
    add(2)
    queue.drain()
    add(3)
    queue.drain()
    expect(said).toEqual([{ kind: 'failing', code: 'ENOSPC' }])
    expect(queue.isFailing).toBe(true)
    files.room = Number.POSITIVE_INFINITY
    clock.now = 1_000
    queue.drain()
    expect(said.slice(1)).toEqual([{ kind: 'acknowledged', batch: 2 }, { kind: 'recovered' }])
  })

  it('drop: lets events go at once and writes how many there were', () => {
    const files = new VolatileFiles()
    const { queue, said, clock, add, text } = queueOn(files, 'drop')
    files.room = 0
    add(2)
    queue.drain()
    add(3)
    queue.drain()
    expect(said).toEqual([
      { kind: 'failing', code: 'ENOSPC' },
      { kind: 'dropped', batch: 1 },
      { kind: 'dropped', batch: 2 },
    ])
    files.room = Number.POSITIVE_INFINITY
    clock.now = 1_000
    add(1)
    queue.drain()
    expect(said.slice(3)).toEqual([{ kind: 'acknowledged', batch: 3 }, { kind: 'recovered' }])
    expect(text()).toContain('"count":5,')
    expect(text()).toContain('"reason":"ENOSPC"')
  })
})
