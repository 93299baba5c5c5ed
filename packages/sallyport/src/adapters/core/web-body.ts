/** A body of text that is made while it is read. Who stops reading ends the making. */
export function textBody(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}

/** The headers of an answer whose body was written anew. */
export function headersFor(headers: Headers): Headers {
  const copy = new Headers(headers)
  for (const name of ['content-length', 'content-encoding', 'content-md5', 'digest', 'etag']) copy.delete(name)
  return copy
}
