import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '@sallyport/gateway'

// JavaScript, so that it runs as `sallyport serve` does: a loader for TypeScript takes memory of its own in every thread.

/** The gateway as `sallyport serve` runs it: recommended guards, keys, events, SQLite in a fresh folder. */
const [, , upstream = '', preset = 'recommended', durability = 'before-answer'] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
const running = await startGateway({
  policy: preset,
  config: {
    audit: { durability },
    upstreams: [{ name: 'mock', baseUrl: upstream, models: ['mock'] }],
  },
  environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: folder },
})
process.send?.({ url: running.url, key: running.newKeys?.client, folder })
process.on('message', (message) => {
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send?.({ rss: process.memoryUsage().rss, cpuMs: (user + system) / 1_000 })
})
process.on('SIGTERM', () => void running.close().then(() => process.exit(0)))
