import { Secret } from './secret.ts'
import { SecretError } from './secret-error.ts'
import { parseSecretReference, selectField } from './secret-reference.ts'
import type { SecretReference } from './secret-reference.ts'
import type { SecretSource } from './secret-source.ts'

export interface SecretsManagerOptions {
  readonly sources: readonly SecretSource[]
  /** Scheme of references without one. Default: none, a bare name is refused. */
  readonly defaultScheme?: string
  /** Milliseconds a secret counts as fresh; default 300,000. */
  readonly ttlMs?: number
  /** Share by which `ttlMs` is shortened at random, so that many processes do not ask at once; default 0.2. */
  readonly jitter?: number
  /** Milliseconds a secret may still be used while its source cannot be asked; default 24 hours. */
  readonly staleMs?: number
  /** Milliseconds before a source that failed or had nothing is asked for the same place again; default 5,000. */
  readonly retryMs?: number
  /** Milliseconds to wait for a source; default 5,000. */
  readonly timeoutMs?: number
  /** Called when an old value is used because the source cannot be asked. */
  readonly onStale?: (reference: string) => void
  readonly now?: () => number
  readonly random?: () => number
}

/** A secret that changed at its source. */
export interface Rotation {
  readonly reference: string
  readonly secret: Secret
}

export interface SecretsManager {
  /**
   * The secret at a reference such as `aws-sm:prod/llm#openai`.
   *
   * @throws SecretError that says why there is none and never holds a value.
   */
  getSecret(reference: string): Promise<Secret>
  /** Asks the source again, as when a provider refuses a key; at most once in `retryMs`. */
  refresh(reference: string): Promise<Secret>
  /** Calls back when a reference that was asked for changes its value. The function it returns takes it back. */
  onRotate(listener: (rotation: Rotation) => void): () => void
  /** Keeps a secret fresh in the background, so that `onRotate` hears of changes. The function it returns stops it. */
  watch(reference: string): () => void
  /** Stops everything in the background. */
  close(): void
}

/** What is known of one place. */
interface Entry {
  text?: string
  readAt: number
  freshUntil: number
  retryAt: number
  failure?: SecretError
  pending?: Promise<string>
  /** Fields that were asked for, by reference. */
  readonly references: Map<string, SecretReference>
}

const DAY_MS = 24 * 3_600_000

/**
 * Reads secrets from their sources and remembers them for a while: one request at a time per place, an old value while
 * the source is away, and no storm of requests for what is not there.
 */
export function createSecretsManager(options: SecretsManagerOptions): SecretsManager {
  const { ttlMs = 300_000, jitter = 0.2, staleMs = DAY_MS, retryMs = 5_000, timeoutMs = 5_000 } = options
  const { now = Date.now, random = Math.random, defaultScheme } = options
  const sources = new Map(options.sources.map((source) => [source.scheme, source]))
  const entries = new Map<string, Entry>()
  const listeners = new Set<(rotation: Rotation) => void>()
  const timers = new Set<ReturnType<typeof setTimeout>>()

  const entryOf = (reference: string): { readonly entry: Entry; readonly parsed: SecretReference } => {
    const parsed = parseSecretReference(reference, defaultScheme)
    const place = `${parsed.scheme}:${parsed.place}`
    let entry = entries.get(place)
    if (entry === undefined)
      entries.set(place, (entry = { readAt: 0, freshUntil: 0, retryAt: 0, references: new Map() }))
    return { entry, parsed }
  }

  const readSource = async ({ scheme, place }: SecretReference): Promise<string> => {
    const source = sources.get(scheme)
    if (source === undefined) throw new SecretError('invalid-reference', `There is no source for ${scheme}: secrets.`)
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        controller.abort()
        reject(new SecretError('unavailable', `The source of ${scheme}:${place} did not answer in time.`))
      }, timeoutMs)
    })
    try {
      const text = await Promise.race([source.read(place, controller.signal), timeout])
      if (text === '') throw new SecretError('not-found', `There is no secret at ${scheme}:${place}.`)
      return text
    } catch (error) {
      // What a client library says may hold what it sent.
      if (SecretError.isInstance(error)) throw error
      throw new SecretError('unavailable', `The source of ${scheme}:${place} cannot be asked.`)
    } finally {
      clearTimeout(timer)
    }
  }

  const tellChanges = (entry: Entry, before: string, after: string): void => {
    for (const [reference, parsed] of entry.references) {
      let secret: Secret
      try {
        const value = selectField(after, parsed, reference)
        if (value === fieldOf(before, parsed, reference)) continue
        secret = new Secret(value)
      } catch {
        continue
      }
      for (const listener of listeners) listener({ reference, secret })
    }
  }

  const load = (entry: Entry, parsed: SecretReference): Promise<string> =>
    (entry.pending ??= readSource(parsed)
      .then((text) => {
        const before = entry.text
        entry.text = text
        entry.readAt = now()
        entry.freshUntil = entry.readAt + ttlMs * (1 - jitter * random())
        delete entry.failure
        if (before !== undefined && before !== text) tellChanges(entry, before, text)
        return text
      })
      .catch((error: unknown) => {
        const failure = error as SecretError
        entry.failure = failure
        // A source that answers and has nothing means it: the old value was taken away.
        if (failure.code === 'not-found') delete entry.text
        throw failure
      })
      .finally(() => {
        entry.retryAt = now() + retryMs
        delete entry.pending
      }))

  const textOf = async (reference: string, force: boolean): Promise<string> => {
    const { entry, parsed } = entryOf(reference)
    const time = now()
    const mayAsk = entry.pending !== undefined || time >= entry.retryAt
    const isFresh = entry.text !== undefined && time < entry.freshUntil
    if (isFresh && !(force && mayAsk)) return entry.text as string
    let failure = entry.failure
    if (mayAsk) {
      try {
        return await load(entry, parsed)
      } catch (error) {
        failure = error as SecretError
      }
    }
    if (entry.text !== undefined && now() - entry.readAt < ttlMs + staleMs) {
      if (failure !== undefined) options.onStale?.(reference)
      return entry.text
    }
    throw failure ?? new SecretError('unavailable', `The secret at ${reference} is too old to be used.`)
  }

  const get = async (reference: string, force: boolean): Promise<Secret> => {
    const text = await textOf(reference, force)
    const { entry, parsed } = entryOf(reference)
    entry.references.set(reference, parsed)
    return new Secret(selectField(text, parsed, reference).trim())
  }

  return {
    getSecret: (reference) => get(reference, false),
    refresh: (reference) => get(reference, true),
    onRotate: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    watch: (reference) => {
      let timer: ReturnType<typeof setTimeout>
      const again = (): void => {
        timers.delete(timer)
        timer = setTimeout(
          () => {
            get(reference, true)
              .catch(() => undefined)
              .finally(() => {
                if (timers.has(timer)) again()
              })
          },
          ttlMs * (1 - jitter * random()),
        )
        // A process that has nothing else to do may end.
        timer.unref?.()
        timers.add(timer)
      }
      again()
      return () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      listeners.clear()
    },
  }
}

function fieldOf(text: string, parsed: SecretReference, reference: string): string | undefined {
  try {
    return selectField(text, parsed, reference)
  } catch {
    return undefined
  }
}
