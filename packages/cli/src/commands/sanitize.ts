import { readCheckRequest, SallyportError } from 'sallyport'
import { type SanitizeOptions as SinkOptions, SINK_TARGETS, type SinkTarget } from 'sallyport/sinks'
import { sanitizeForNode } from 'sallyport/sinks/node'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { readLines } from '../read-lines.ts'
import type { Terminal } from '../terminal.ts'
import { LineWriter } from '../write-lines.ts'

export interface SanitizeOptions {
  readonly for: string
  readonly dialect?: string
  readonly hosts?: readonly string[]
  readonly root?: string
}

const MAX_LINE_BYTES = 32 * 1024 * 1024

/** `sallyport sanitize --for TARGET`: each text made safe for the place it goes to. */
export async function sanitize(
  text: string | undefined,
  options: SanitizeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { for: target, dialect, hosts, root } = options
  if (!isSinkTarget(target)) throw new UsageError(`Unknown target "${target}". Targets: ${SINK_TARGETS.join(', ')}.`)
  const sinkOptions: SinkOptions = { ...(dialect && { dialect }), ...(hosts && { hosts }), ...(root && { root }) }
  // Options are the same for every line: a mistake in them is the caller's and ends the run before it starts.
  try {
    sanitizeForNode(target, 'a', sinkOptions)
  } catch (error) {
    if (SallyportError.isInstance(error) && error.code === 'invalid-options')
      throw new UsageError(error.message, { cause: error })
  }
  if (text !== undefined) return sanitizeText(text, target, sinkOptions, terminal)
  const writer = new LineWriter(terminal.out)
  for await (const line of readLines(terminal.in, MAX_LINE_BYTES)) {
    await writer.write(line.ok ? answer(line.text) : { error: { code: line.code, message: line.message } })
  }
  await writer.flush()
  return EXIT.done

  function answer(line: string): unknown {
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return {
        error: {
          code: 'invalid-json',
          message: 'The line is not valid JSON: write one object such as {"text":"…"} a line.',
        },
      }
    }
    const read = readCheckRequest(value)
    if (!read.ok) return read.fault
    const withId = read.id === undefined ? {} : { id: read.id }
    try {
      const { text, changed, findings } = sanitizeForNode(target as SinkTarget, read.request.text, sinkOptions)
      return { ...withId, text, changed, findings }
    } catch (error) {
      if (!SallyportError.isInstance(error)) throw error
      return { ...withId, error: { code: error.code, message: error.message } }
    }
  }
}

function isSinkTarget(name: string): name is SinkTarget {
  return (SINK_TARGETS as readonly string[]).includes(name)
}

function sanitizeText(text: string, target: SinkTarget, options: SinkOptions, terminal: Terminal): ExitCode {
  try {
    terminal.out.write(`${sanitizeForNode(target, text, options).text}\n`)
    return EXIT.done
  } catch (error) {
    if (SallyportError.isInstance(error)) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
