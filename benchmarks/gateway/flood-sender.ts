import autocannon from 'autocannon'

/** Sends requests with wrong keys, at most so many a second, until it is told to stop or the time is over. */
const [, , base = '', rate = '1000', seconds = '5'] = process.argv
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
