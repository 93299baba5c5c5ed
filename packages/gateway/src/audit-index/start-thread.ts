import { Worker } from 'node:worker_threads'

// Node 20 cannot run TypeScript: where the sources themselves run (our tests), the thread loads the loader they use.
const FROM_SOURCES = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.module)
})`

/** Starts a thread of this folder: `name` without its ending. It does not keep the process alive. */
export function startThread(name: string, workerData: object): Worker {
  const isBuilt = !import.meta.url.endsWith('.ts')
  const module = new URL(`./${name}.${isBuilt ? 'js' : 'ts'}`, import.meta.url)
  const thread = isBuilt
    ? new Worker(module, { workerData })
    : new Worker(FROM_SOURCES, {
        eval: true,
        workerData: { ...workerData, module: module.href },
        execArgv: ['--conditions=sallyport-source'],
      })
  thread.unref()
  return thread
}
