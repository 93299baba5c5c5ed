/** Yields the `data` of each server-sent event of a response body (WHATWG HTML, "Interpreting an event stream"). */
export async function* readEventStream(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  let fields: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? '\n\n' : value
      // A lone \r at the end may be the first half of \r\n: it waits for the next chunk.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data:')) fields.push(line.slice(line[5] === ' ' ? 6 : 5))
        if (line !== '' || fields.length === 0) continue
        yield fields.join('\n')
        fields = []
      }
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
