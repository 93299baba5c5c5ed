import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { https } from './checks/https.ts'
import { tlsQuality } from './checks/tls-quality.ts'
import { ask, type Target, tlsRefusal } from './target.ts'

let folder = ''
const servers: Server[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-distrusted-'))
})
afterAll(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

/** A server on loopback that says which key it was sent. */
async function serve(name: string, kind: readonly string[], options: TlsOptions): Promise<Target> {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '30']
  execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  const tls = { key: readFileSync(key), cert: readFileSync(cert), ...options }
  const server = createServer(tls, (incoming, outgoing) => {
    outgoing.setHeader('content-type', 'application/json')
    outgoing.end(JSON.stringify({ authorization: incoming.headers.authorization ?? null }))
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { origin: `https://localhost:${port}`, prefix: '/v1', kind: 'openai', model: 'any' }
}

const ROWS: readonly (readonly [what: string, kind: readonly string[], options: TlsOptions, evidence: string])[] = [
  ['a certificate that nobody vouches for', ['rsa:2048'], {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [
    'nothing newer than TLS 1.1',
    ['rsa:2048'],
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    'Outdated versions are accepted: TLSv1, TLSv1.1',
  ],
  [
    'a cipher without forward secrecy',
    ['rsa:2048'],
    { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
    'no forward secrecy',
  ],
  [
    'a cipher that asks nobody who it is',
    ['rsa:2048'],
    { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:ADH-AES128-GCM-SHA256@SECLEVEL=0', dhparam: 'auto' },
    'A cipher that protects nobody is accepted: ADH-AES128-GCM-SHA256',
  ],
]

describe('an API whose TLS is not to be trusted', () => {
  it.each(ROWS)('fails for %s, and is probed all the same', async (what, kind, options, evidence) => {
    const target = await serve(what.replaceAll(' ', '-'), kind, options)
    const refused = await ask(target, '/').catch(tlsRefusal)
    expect(refused).toMatch(/^[A-Z0-9_]+$/)
    const distrusted = { ...target, distrusted: String(refused) }
    expect((await ask(distrusted, '/')).json).toEqual({ authorization: null })
    expect(await tlsQuality.run({ now: Date.now(), target: distrusted })).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining(evidence) as string,
    })
    expect(await https.run({ now: Date.now(), target: distrusted })).toMatchObject({ status: 'warn' })
  })

  it('is not taken for one that is merely away', async () => {
    const nowhere: Target = { origin: 'https://localhost:9', prefix: '/v1', kind: 'openai', model: 'any' }
    const failure: unknown = await ask(nowhere, '/').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(tlsRefusal(failure)).toBeUndefined()
  })
})
