import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** moto answers as AWS does. Tests only: it is written in Python and no dependency of anything. */
const PACKAGES = ['moto[secretsmanager]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5']
/** Below the repository, where git ignores it; made once and used by every later run. */
const FOLDER = fileURLToPath(new URL('../../.tmp/moto-5.2.5', import.meta.url))
const BINARY = join(FOLDER, 'bin/moto_server')
const LOCK = `${FOLDER}.lock`
const LOCK_OLD_MS = 300_000

/** Makes the virtual environment if there is none; the reason when it cannot be had. */
export async function prepareMoto(): Promise<string | undefined> {
  mkdirSync(join(FOLDER, '..'), { recursive: true })
  const release = await lock()
  try {
    if (existsSync(join(FOLDER, 'ready'))) return undefined
    rmSync(FOLDER, { recursive: true, force: true })
    await run('python3', ['-m', 'venv', FOLDER], { timeout: 60_000 })
    await run(join(FOLDER, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES], {
      timeout: 240_000,
    })
    mkdirSync(join(FOLDER, 'ready'))
    return undefined
  } catch (error) {
    rmSync(FOLDER, { recursive: true, force: true })
    return `moto cannot be had: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown error'}`
  } finally {
    release()
  }
}

export interface MotoServer {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** Starts it with nothing in it. Port 0 takes a free one. */
export async function startMoto(port = 0): Promise<MotoServer> {
  const child = spawn(BINARY, ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const bound = await portOf(child)
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

function portOf(child: ChildProcess): Promise<number> {
  let out = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        out += text
        const port = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1]
        if (port !== undefined) resolve(Number(port))
      })
    }
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`moto did not start: ${out}`)))
  })
}

/** Of several test processes one makes the environment. */
async function lock(): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(LOCK)
      return () => rmSync(LOCK, { recursive: true, force: true })
    } catch {
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > LOCK_OLD_MS) rmSync(LOCK, { recursive: true, force: true })
      await wait(250)
    }
  }
}
