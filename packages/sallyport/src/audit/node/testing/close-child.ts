import { eventNumber } from './log-fixture.ts'
import { openAuditLog } from '../open-audit-log.ts'

/** A process that has nothing to wait for but its log. */
const [folder = ''] = process.argv.slice(2)
const log = await openAuditLog({ folder })
for (let number = 0; number < 5_000; number++) log.write(eventNumber(number))
await log.flush()
for (let number = 5_000; number < 10_000; number++) log.write(eventNumber(number))
await log.close()
process.stdout.write('closed\n')
