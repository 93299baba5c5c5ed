import { Worker } from 'node:worker_threads'
import type { ThreadOptions } from './writer-protocol.ts'

// Node 20 cannot run TypeScript: where the sources themselves run (our tests), the thread loads the loader they use.
const FROM_SOURCES = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.module)
})`

/** Starts the thread that writes a log. */
export function startThread(options: ThreadOptions): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./writer-thread.js', import.meta.url), { workerData: options })
  const module = new URL('./writer-thread.ts', import.meta.url).href
  return new Worker(FROM_SOURCES, { eval: true, workerData: { ...options, module } })
}
