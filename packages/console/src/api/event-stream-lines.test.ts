import { describe, expect, it } from 'vitest'
import { readEventStream } from './event-stream-lines.ts'

async function read(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<readonly string[]> {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const seen: string[] = []
  for await (const event of readEventStream(body)) seen.push(event)
  return seen
}

const stream = ': hello\n\ndata: {"a":"é😀"}\n\nevent: x\r\ndata:one\r\ndata: two\r\n\r\ndata: last'

describe('readEventStream', () => {
  it('reads the same events however the bytes are cut', async () => {
    const bytes = new TextEncoder().encode(stream)
    for (let size = 1; size <= bytes.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      )
      expect(await read(chunks)).toEqual(['{"a":"é😀"}', 'one\ntwo', 'last'])
    }
  })

  it('gives nothing for an empty body', async () => {
    expect(await read([])).toEqual([])
  })
})
