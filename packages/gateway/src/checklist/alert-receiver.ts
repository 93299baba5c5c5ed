import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const SECRET_NAME = 'SALLYPORT_AUDIT_WEBHOOK_SECRET'

export interface AlertReceiver {
  /** For `gateway.alerts.webhooks`. */
  readonly webhook: {
    readonly name: string
    readonly url: string
    readonly secret: string
    readonly allowAddresses: string[]
  }
  readonly environment: Readonly<Record<string, string>>
  /** Whether a signed message has come. */
  hasReceived(): boolean
  close(): Promise<void>
}

/** Somebody to tell, on loopback and for as long as the audit takes. */
export async function openAlertReceiver(): Promise<AlertReceiver> {
  let received = false
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    incoming.once('end', () => {
      received ||= incoming.method === 'POST' && typeof incoming.headers['webhook-signature'] === 'string'
      outgoing.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    webhook: {
      name: 'audit',
      url: `http://127.0.0.1:${port}/`,
      secret: `env:${SECRET_NAME}`,
      allowAddresses: ['127.0.0.1'],
    },
    environment: { [SECRET_NAME]: `whsec_${randomBytes(32).toString('base64')}` },
    hasReceived: () => received,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
