/** One of many processes that share a limit: asks as often and as fast as told, and reports what passed. */
import { Redis } from 'ioredis'
import { createLimiter, redisStore } from '../../packages/sallyport/src/limits/index.ts'

const [url = '', prefix = '', limit = '', requests = ''] = process.argv.slice(2)
const client = new Redis(url)
const limiter = createLimiter({
  store: redisStore({ client, prefix, replicas: 4, timeoutMs: 10_000 }),
  limits: [{ name: 'hour', subject: 'user', unit: 'requests', limit: Number(limit), windowMs: 3_600_000 }],
})
const answers = await Promise.all(Array.from({ length: Number(requests) }, () => limiter.check({ user: 'shared' })))
process.send?.({
  admitted: answers.filter(({ allowed }) => allowed).length,
  degraded: answers.filter(({ degraded }) => degraded).length,
})
client.disconnect()
process.disconnect()
