import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectTls } from './checklist/inspect-tls.ts'
import { tlsQuality } from './checklist/checks/tls-quality.ts'
import { startGateway } from './start-gateway.ts'
import type { RunningGateway } from './start-gateway.ts'

let folder = ''
let running: RunningGateway
const at = (name: string): string => join(folder, name)

/** A certificate for loopback, made by OpenSSL. */
function makeCertificate(name: string, days: number): void {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      String(days),
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.pem`),
    ],
    { stdio: 'ignore' },
  )
}

function start(environment: Record<string, string>): Promise<RunningGateway> {
  return startGateway({
    config: {
      audit: { enabled: false },
      listen: {
        port: 0,
        ...(environment['reload'] === undefined
          ? {}
          : { tls: { cert: at('live.pem'), key: at('live.key'), reloadSeconds: 1 } }),
      },
    },
    environment: { SALLYPORT_DATA: mkdtempSync(join(folder, 'data-')), ...environment },
    drainMs: 100,
  })
}

function get(url: string): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>> }> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
      .once('error', reject)
      .end()
  })
}

function shake(options: object): Promise<TLSSocket> {
  const { port } = new URL(running.url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false, ...options }, () =>
      resolve(socket),
    )
    socket.once('error', reject)
  })
}

async function serialNow(): Promise<string> {
  const socket = await shake({})
  const { serialNumber } = socket.getPeerCertificate()
  socket.destroy()
  return serialNumber
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-tls-'))
  makeCertificate('live', 30)
  running = await start({ reload: 'yes' })
})
afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true })
})

describe('the gateway with a certificate', () => {
  it('answers by HTTPS and tells browsers to stay there', async () => {
    expect(running.url).toMatch(/^https:/)
    const { status, headers } = await get(`${running.url}/livez`)
    expect(status).toBe(200)
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('offers TLS 1.2 and 1.3 and refuses what is older', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await shake({ minVersion: version, maxVersion: version })
      expect(socket.getProtocol()).toBe(version)
      socket.destroy()
    }
    for (const version of ['TLSv1', 'TLSv1.1'] as const)
      await expect(shake({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow()
  })

  it('does not answer plain HTTP on that port', async () => {
    await expect(fetch(`${running.url.replace('https', 'http')}/livez`)).rejects.toThrow()
  })

  it('takes a new certificate without a restart, and keeps the old one when the new one does not fit', async () => {
    const before = await serialNow()
    makeCertificate('next', 30)
    makeCertificate('other', 30)
    // A key of another certificate: half of a replacement.
    writeFileSync(at('live.key.old'), '')
    renameSync(at('live.key'), at('live.key.old'))
    renameSync(at('other.key'), at('live.key'))
    const reported = (detail: string): boolean =>
      running.gateway.events.list({ limit: 50 }).some((event) => event.detail?.includes(detail) === true)
    await expect.poll(() => reported('was not replaced'), { timeout: 10_000 }).toBe(true)
    expect(await serialNow()).toBe(before)
    renameSync(at('next.key'), at('live.key'))
    renameSync(at('next.pem'), at('live.pem'))
    await expect.poll(() => reported('certificate was replaced'), { timeout: 10_000 }).toBe(true)
    expect(await serialNow()).not.toBe(before)
  })

  it('is told apart from good TLS by the audit: nobody vouches for its certificate', async () => {
    const report = await inspectTls(new URL(running.url))
    expect(report).toMatchObject({ authorized: false, old: [], keyType: 'ec' })
    const target = { origin: running.url, prefix: '/v1', kind: 'sallyport', model: 'demo' } as const
    expect(await tlsQuality.run({ target, now: Date.now() })).toMatchObject({ status: 'fail' })
  })
})

describe('a start that cannot work', () => {
  it.each([
    ['a certificate alone', () => ({ SALLYPORT_TLS_CERT: at('live.pem') }), 'set both'],
    [
      'a missing file',
      () => ({ SALLYPORT_TLS_CERT: at('nothing.pem'), SALLYPORT_TLS_KEY: at('live.key') }),
      'cannot be read: ENOENT',
    ],
    [
      'a key of another certificate',
      () => ({ SALLYPORT_TLS_CERT: at('other.pem'), SALLYPORT_TLS_KEY: at('live.key') }),
      'does not belong',
    ],
    [
      'a file that is no certificate',
      () => ({ SALLYPORT_TLS_CERT: at('live.key'), SALLYPORT_TLS_KEY: at('live.key') }),
      'no certificate',
    ],
  ])('says what is wrong with %s', async (_, environment, message) => {
    await expect(start(environment())).rejects.toThrow(message)
  })
})

describe('security.txt', () => {
  const serve = async (config: object): Promise<Response> => {
    const gateway = await startGateway({
      config: { audit: { enabled: false }, ...config },
      environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: mkdtempSync(join(folder, 'data-')) },
      drainMs: 100,
    })
    try {
      const response = await fetch(`${gateway.url}/.well-known/security.txt`)
      return new Response(await response.text(), { status: response.status, headers: response.headers })
    } finally {
      await gateway.close()
    }
  }

  it('is served as RFC 9116 asks, to anybody', async () => {
    const response = await serve({
      securityTxt: {
        contact: ['mailto:security@example.com', 'https://example.com/report'],
        expires: '2090-01-31',
        preferredLanguages: ['en', 'de'],
        policy: 'https://example.com/policy',
      },
    })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe(
      'Contact: mailto:security@example.com\nContact: https://example.com/report\nExpires: 2090-01-31T23:59:59.000Z\nPolicy: https://example.com/policy\nPreferred-Languages: en, de\n',
    )
  })

  it.each([
    ['it is not configured', {}],
    ['it has expired', { securityTxt: { contact: ['mailto:security@example.com'], expires: '2020-01-31' } }],
  ])('is not there when %s', async (_, config) => {
    expect((await serve(config)).status).toBe(404)
  })
})
