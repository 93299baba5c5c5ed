import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { UsageError } from '../exit-code.ts'

const GZIP = [0x1f, 0x8b] as const

/**
 * Opens a data set as a stream of bytes; gzip is recognised by its first bytes, whatever the file is called.
 *
 * @throws UsageError when the path cannot be opened or is not a file.
 */
export async function openDataset(path: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot read the data set ${path}: ${cause.code ?? 'unknown error'}.`, { cause })
  })
  if (found.isDirectory()) throw new UsageError(`${path} is a folder: name its .jsonl or .jsonl.gz files.`)
  return unzipped(createReadStream(path), path)
}

async function* unzipped(source: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (first.done) return
  const rest = (async function* () {
    yield first.value
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  })()
  if (!GZIP.every((byte, index) => first.value[index] === byte)) {
    yield* rest
    return
  }
  const gunzip = createGunzip()
  const fed = (async () => {
    for await (const chunk of rest) {
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once('drain', resolve))
    }
    gunzip.end()
  })()
  fed.catch((error: Error) => gunzip.destroy(error))
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
  } catch (cause) {
    throw new UsageError(`${path} is damaged: gzip says ${(cause as NodeJS.ErrnoException).code ?? 'error'}.`, {
      cause,
    })
  }
}
