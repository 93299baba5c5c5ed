import { startGateway } from '../start-gateway.ts'

/** A gateway in a process of its own, so that a test can take its disk away. Its options come as JSON. */
const running = await startGateway({ drainMs: 200, ...(JSON.parse(process.argv[2] ?? '{}') as object) })
process.send?.({ url: running.url })
process.on('message', () => void running.close().then(() => process.exit(0)))
