import { Agent, request } from 'node:http'

/** Milliseconds from sending a streamed request to its first text. */
export async function firstToken(url: string, body: string, key: string | undefined, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const headers = {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    }
    const call = request(url, { method: 'POST', headers, agent }, (response) => {
      let found: number | undefined
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        if (found === undefined && /"content":"[^"]/.test(piece)) found = performance.now() - start
      })
      response.on('end', () => (found === undefined ? reject(new Error('no text came')) : resolve(found)))
      response.on('error', reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
