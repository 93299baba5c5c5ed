import { parentPort, workerData } from 'node:worker_threads'
import { verifyLog } from 'sallyport/audit'
import type { FromVerifier, VerifierOptions } from './reader-protocol.ts'

const TELL_EVERY_MS = 200

const { folder, anchors } = workerData as VerifierOptions
let told = 0
const say = (message: FromVerifier): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message)
}
const onProgress = (bytes: number): void => {
  if (performance.now() - told < TELL_EVERY_MS) return
  told = performance.now()
  say({ kind: 'progress', bytes })
}
say({ kind: 'report', report: verifyLog(folder, { anchors, onProgress }) })
