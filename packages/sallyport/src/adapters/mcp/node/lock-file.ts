import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { SallyportError } from '../../../errors/sallyport-error.ts'
import { EMPTY_LOCK, type LockData, type PinStore } from '../pins.ts'

/** The name of the lock file, in the folder of the project. */
export const LOCK_FILE = 'sallyport-mcp.lock.json'

const pins = z.record(z.string(), z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), definition: z.json() }))
const lockSchema = z.strictObject({
  version: z.literal(1),
  servers: z.record(z.string(), z.strictObject({ accepted: pins, pending: pins })),
})

/** How long another process may hold the lock before it counts as dead, in milliseconds. */
const STALE_MS = 10_000

/**
 * Keeps pins in a file that belongs under version control. Written whole and renamed, one process at a time.
 *
 * @throws SallyportError `invalid-input` when the file is not a lock file: a broken one is no reason to trust everything.
 */
export function lockFile(path: string): PinStore {
  return {
    read: () => readLock(path),
    update: async (change) => {
      const release = await hold(`${path}.busy`)
      try {
        const before = await readLock(path)
        const after = change(before)
        if (JSON.stringify(before) === JSON.stringify(after)) return
        const temporary = `${path}.${randomUUID()}.tmp`
        await writeFile(temporary, `${JSON.stringify(after, undefined, 2)}\n`, { flag: 'wx' })
        await rename(temporary, path)
      } finally {
        await release()
      }
    },
  }
}

async function readLock(path: string): Promise<LockData> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY_LOCK
    throw error
  }
  const parsed = lockSchema.safeParse(parsedJson(text))
  if (parsed.success) return parsed.data
  throw new SallyportError(
    'invalid-input',
    `${path} is not a lock file of "sallyport mcp": restore it from version control, or delete it to pin anew.`,
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function hold(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
      if (age > STALE_MS) await rm(path, { force: true })
      else await wait(20)
    }
  }
}
