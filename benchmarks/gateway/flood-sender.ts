import { once } from 'node:events'
import autocannon from 'autocannon'

/** Sends requests with wrong keys, at most so many a second, from when it is told to until the time is over. */
const [, , base = '', rate = '1000', seconds = '5'] = process.argv
// Its own start is no part of the flood.
process.send?.('ready')
await once(process, 'message')
const result = await autocannon({
  url: `${base}/chat/completions`,
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer sp-client-${'x'.repeat(43)}` },
  body: JSON.stringify({ model: 'mock', messages: [{ role: 'user', content: 'Hello.' }] }),
  connections: 8,
  overallRate: Number(rate),
  duration: Number(seconds),
})
process.send?.({ sent: result.requests.total, non2xx: result.non2xx })
process.disconnect?.()
