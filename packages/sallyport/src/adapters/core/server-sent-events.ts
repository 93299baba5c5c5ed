/** One server-sent event. */
export interface ServerEvent {
  readonly event?: string
  readonly data: string
}

/** Characters of one event: it is held until it is complete. */
const MAX_EVENT = 4_000_000

/**
 * Reads server-sent events (WHATWG HTML, 9.2). Comments, ids and retry times are left out.
 *
 * @throws RangeError when an event does not end.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let rest = ''
  let event: string | undefined
  let data: string[] = []
  let ended = false
  const take = (line: string): ServerEvent | undefined => {
    if (line === '') {
      const complete = data.length > 0 ? { data: data.join('\n'), ...(event !== undefined && { event }) } : undefined
      data = []
      event = undefined
      return complete
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    return undefined
  }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      // A carriage return at the end may be half of a line break.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const complete = take(line)
        if (complete) yield complete
      }
      if (rest.length + data.reduce((sum, line) => sum + line.length, 0) > MAX_EVENT) {
        throw new RangeError('An event of the stream is longer than can be held back.')
      }
      if (!done) continue
      ended = true
      for (const line of [rest.replace(/\r$/, ''), '']) {
        const complete = take(line)
        if (complete) yield complete
      }
      return
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
}

/** An event as it is sent. */
export function writeEvent({ event, data }: ServerEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}${data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`
}
