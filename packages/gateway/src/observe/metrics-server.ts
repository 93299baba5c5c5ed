import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { ConfigurationError } from '../configuration-error.ts'
import { isLoopback } from '../http/check-caller.ts'
import type { Metrics } from './metrics.ts'

export interface MetricsServer {
  /** `http://127.0.0.1:9464/metrics`. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves `/metrics` on a port of its own, so that it can be reached by Prometheus without opening the gateway to it, and
 * the other way round. There is no key: the address is the guard, loopback unless configured.
 *
 * @throws ConfigurationError when it cannot listen there.
 */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(text)
    }
    // A web page that makes its own name point to loopback is no Prometheus.
    if (isLoopback(host) && !isLoopback(hostOf(request.headers.host))) return answer(403, 'Unknown Host.\n')
    if (request.url?.split('?')[0] !== '/metrics') return answer(404, 'There is only /metrics here.\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Use GET.\n')
    metrics.text().then(
      (text) => answer(200, text, metrics.registry.contentType),
      () => answer(500, 'The metrics could not be collected.\n'),
    )
  })
  server.headersTimeout = 5_000
  server.requestTimeout = 10_000
  server.maxHeadersCount = 50
  const bound = await listen(server, host, port)
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function hostOf(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '')
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use' : `failed: ${error.code ?? 'unknown error'}`
      const place = `${host}:${port}`
      reject(new ConfigurationError(`Listening for metrics on ${place} ${reason}. Set SALLYPORT_METRICS_PORT.`))
    })
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
