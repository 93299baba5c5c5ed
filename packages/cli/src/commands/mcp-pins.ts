import { acceptPending, type DefinitionChange, definitionChanges, type LockData, pinsOf } from 'sallyport/mcp'
import { LOCK_FILE, lockFile } from 'sallyport/mcp/node'
import { sanitizeFor } from 'sallyport/sinks'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'

export interface PinOptions {
  readonly lock?: string
  readonly name?: string
  readonly json?: boolean
}

/** `sallyport mcp diff`: 0 when nothing waits, 1 when something does. */
export async function diffPins(options: PinOptions, { out }: Terminal): Promise<ExitCode> {
  const lock = await lockFile(options.lock ?? LOCK_FILE).read()
  const waiting = waitingIn(lock, options.name)
  for (const { server, pin, isNew, changes } of waiting) {
    if (options.json === true) {
      out.write(`${JSON.stringify({ server, pin, isNew, changes })}\n`)
      continue
    }
    out.write(`${shown(server)}  ${shown(pin)}  ${isNew ? 'never accepted' : 'changed'}\n`)
    for (const { path, before, after } of changes) {
      if (before !== undefined) out.write(`  - ${shown(path)}: ${shown(JSON.stringify(before))}\n`)
      if (after !== undefined) out.write(`  + ${shown(path)}: ${shown(JSON.stringify(after))}\n`)
    }
  }
  if (waiting.length === 0 && options.json !== true) out.write('Nothing waits to be accepted.\n')
  return waiting.length === 0 ? EXIT.done : EXIT.failed
}

/** `sallyport mcp accept`: what waits is accepted as it is now. */
export async function acceptPins(pins: readonly string[], options: PinOptions, { out }: Terminal): Promise<ExitCode> {
  const { name, lock } = options
  if (name === undefined) throw new UsageError('Name the server: sallyport mcp accept --name NAME.')
  const store = lockFile(lock ?? LOCK_FILE)
  const { pending } = pinsOf(await store.read(), name)
  const unknown = pins.find((pin) => !Object.hasOwn(pending, pin))
  if (unknown !== undefined || Object.keys(pending).length === 0) {
    const what = unknown === undefined ? `Nothing of "${shown(name)}" waits` : `"${shown(unknown)}" does not wait`
    throw new UsageError(`${what} to be accepted: "sallyport mcp diff" lists what does.`)
  }
  await store.update((current) => acceptPending(current, name, pins.length === 0 ? undefined : pins))
  const count = pins.length === 0 ? Object.keys(pending).length : pins.length
  out.write(`Accepted ${count} definition${count === 1 ? '' : 's'} of ${shown(name)}.\n`)
  return EXIT.done
}

interface Waiting {
  readonly server: string
  readonly pin: string
  readonly isNew: boolean
  readonly changes: readonly DefinitionChange[]
}

function waitingIn(lock: LockData, name: string | undefined): Waiting[] {
  return Object.entries(lock.servers)
    .filter(([server]) => name === undefined || server === name)
    .flatMap(([server, { accepted, pending }]) =>
      Object.entries(pending).map(([pin, after]) => {
        const before = Object.hasOwn(accepted, pin) ? accepted[pin] : undefined
        return { server, pin, isNew: before === undefined, changes: definitionChanges(before, after) }
      }),
    )
}

/** Definitions are text of the server: none of it may drive the terminal, and hidden characters have to show. */
function shown(text: string): string {
  const visible = text.replace(
    /[\p{Cf}\p{Cc}\u{E0000}-\u{E007F}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
  return sanitizeFor('terminal', visible, {}).text
}
