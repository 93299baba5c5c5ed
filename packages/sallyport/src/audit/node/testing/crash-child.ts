import { writeSync } from 'node:fs'
import { eventNumber } from './log-fixture.ts'
import { openAuditLog } from '../open-audit-log.ts'

/**
 * A process that writes events as fast as it can until it is killed, and says which ones were acknowledged. What it
 * says goes straight into the pipe, so that nothing of it is lost with the process.
 */
// Nobody kills us when the test itself was killed.
setTimeout(() => process.exit(1), 60_000).unref()
const [folder = '', start = '0'] = process.argv.slice(2)
const log = await openAuditLog({ folder, segmentBytes: 200_000, headEvery: 500, headAfterMs: 50 })
writeSync(1, 'ready\n')
let number = Number(start)
await Promise.all(
  Array.from({ length: 64 }, async () => {
    for (;;) {
      const mine = number++
      await log.append(eventNumber(mine))
      writeSync(1, `${mine}\n`)
    }
  }),
)
