import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CSRF_HEADER, securityEventSchema } from './contract.ts'
import { checkCaller } from './http/check-caller.ts'
import { ROUTES } from './routes/route-table.ts'
import { INJECTION, say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const STRANGER = `sp-client-${'A'.repeat(43)}`
const FAKE_ADMIN = `sp-admin-${'A'.repeat(43)}`

describe('who may do what', () => {
  let gateway: TestGateway
  let operatorKey: string

  beforeAll(async () => {
    gateway = await testGateway({
      config: {
        allowedOrigins: ['https://app.example'],
        allowedHosts: ['gateway.example'],
        keys: { wrongPerMinute: 100_000 },
        // The routes of the log are there only with a log.
        audit: { enabled: true },
      },
    })
    operatorKey = (await gateway.running.gateway.keys.create('on call', 'operator')).key
  })
  afterAll(async () => {
    expect(gateway.faults).toEqual([])
    await gateway.close()
  })

  const routes = ROUTES.map((route) => ({
    ...route,
    url: route.path.replace(':model{.+}', 'demo').replace(':id', 'key_nobody').replace(':digest', '0'.repeat(64)),
  }))

  it('knows a permission for every route, and the public ones are these', () => {
    expect(
      routes.filter(({ permission }) => permission === 'public').map(({ method, path }) => `${method} ${path}`),
    ).toEqual(['GET /livez', 'GET /healthz', 'GET /readyz', 'GET /.well-known/security.txt', 'POST /admin/api/session'])
    expect(routes.filter(({ path, permission }) => path.startsWith('/admin/') && permission === 'caller')).toEqual([])
    expect(
      routes.filter(({ permission }) => permission === 'admin').map(({ method, path }) => `${method} ${path}`),
    ).toEqual([
      'GET /admin/api/log/export',
      'GET /admin/api/config/history/:digest',
      'DELETE /admin/api/vault',
      'POST /admin/api/audit',
      'POST /admin/api/alerts/test',
      'GET /admin/api/keys',
      'POST /admin/api/keys',
      'POST /admin/api/keys/:id/rotate',
      'DELETE /admin/api/keys/:id',
    ])
    expect(routes.filter(({ path, crossOrigin }) => path.startsWith('/admin/') && crossOrigin === true)).toEqual([])
  })

  it.each(routes.filter(({ permission }) => permission !== 'public'))(
    '$method $path is closed to strangers',
    async ({ method, url }) => {
      const body = method === 'POST' ? { body: '{}' } : {}
      const wrong = [
        null,
        '',
        'x',
        STRANGER,
        FAKE_ADMIN,
        gateway.clientKey.slice(0, -1),
        `${gateway.clientKey}x`,
        `${gateway.clientKey.slice(0, -1)}${gateway.clientKey.endsWith('A') ? 'B' : 'A'}`,
        gateway.adminKey.replace('admin', 'client'),
        gateway.clientKey.replace('client', 'admin'),
        "' OR 1=1 --",
      ]
      for (const key of wrong) {
        const response = await gateway.send(method, url, { key, ...body })
        expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
          401,
          'invalid_api_key',
        ])
      }
      const basic = await gateway.send(method, url, {
        key: null,
        headers: { authorization: `Basic ${btoa(`a:${gateway.adminKey}`)}` },
        ...body,
      })
      expect(basic.status).toBe(401)
    },
  )

  it.each(routes.filter(({ permission }) => permission === 'admin'))(
    '$method $path is closed to operator keys',
    async ({ method, url }) => {
      const body = method === 'POST' ? { body: '{}' } : {}
      expect((await gateway.send(method, url, { key: operatorKey, ...body })).status).toBe(403)
      expect(gateway.events()[0]).toMatchObject({ type: 'authz', outcome: 'failure', actor: { role: 'operator' } })
    },
  )

  it.each(routes.filter(({ permission, path }) => permission === 'operator' && !/\/(?:stream|tail)$/.test(path)))(
    '$method $path is open to operator keys',
    async ({ method, url }) => {
      const body = method === 'POST' ? { body: '{"text":"Hi"}' } : {}
      // 400 says that the body is for another route, 401 that a key alone is no session, 204 that there is nothing to end.
      expect([200, 204, 400, 401]).toContain((await gateway.send(method, url, { key: operatorKey, ...body })).status)
    },
  )

  it.each(routes.filter(({ permission }) => permission === 'admin' || permission === 'operator'))(
    '$method $path is closed to client keys',
    async ({ method, url }) => {
      const response = await gateway.send(method, url, method === 'POST' ? { body: '{}' } : {})
      expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
        403,
        'insufficient_permissions',
      ])
      expect(gateway.events()[0]).toMatchObject({ type: 'authz', outcome: 'failure', actor: { role: 'client' } })
    },
  )

  it.each(routes.filter(({ permission }) => permission === 'public'))(
    '$method $path is open',
    async ({ method, url }) => {
      const response = await gateway.send(method, url, { key: null, ...(method === 'POST' ? { body: '{}' } : {}) })
      // 404: there is a security.txt only where one is configured.
      expect([200, 400, 404]).toContain(response.status)
    },
  )

  it('puts the same protective headers on every answer, also on errors, and does not say what it is built with', async () => {
    for (const path of ['/livez', '/v1/models', '/nothing', '/v1/chat/completions', '/admin/api/keys']) {
      const { headers } = await gateway.send('GET', path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/)
      expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull()
    }
  })

  it('makes its own request ids', async () => {
    const { headers } = await gateway.send('GET', '/livez', { headers: { 'x-request-id': 'mine' } })
    expect(headers.get('x-request-id')).not.toBe('mine')
  })

  it('takes a well-formed trace id into its events, and no other', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c'
    await gateway.chat(
      { model: 'demo', ...say(INJECTION) },
      { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } },
    )
    expect(gateway.events()[0]?.traceId).toBe(trace)
    await gateway.chat({ model: 'demo', ...say(INJECTION) }, { headers: { traceparent: `00-${INJECTION}-01` } })
    expect(gateway.events()[0]?.traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  describe('from a browser', () => {
    const asked = async (
      headers: Readonly<Record<string, string>>,
      path = '/v1/models',
      method = 'GET',
    ): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>> }> =>
      new Promise((resolve, reject) => {
        const call = request(
          `${gateway.url}${path}`,
          { method, headers: { authorization: `Bearer ${gateway.clientKey}`, ...headers } },
          (response) => {
            response.resume()
            resolve({ status: response.statusCode ?? 0, headers: response.headers })
          },
        )
        call.on('error', reject)
        call.end()
      })

    it.each([
      ['localhost:8711', 200],
      ['LOCALHOST', 200],
      ['127.0.0.1:1', 200],
      ['[::1]:8711', 200],
      ['gateway.example', 200],
      ['gateway.example:443', 200],
      ['evil.example', 403],
      ['localhost.evil.example', 403],
      ['evil.example:8711', 403],
      ['127.0.0.1.nip.example', 403],
      ['192.168.1.7:8711', 403],
      ['0.0.0.0:8711', 403],
      ['gateway.example.', 403],
    ])('with Host %s gets %i', async (host, status) => {
      expect((await asked({ host })).status).toBe(status)
    })

    it.each([
      ['x/#@evil.example'],
      ['localhost/../admin'],
      ['localhost@evil.example'],
      ['a b'],
      ['localhost, evil.example'],
    ])('with the broken Host %j gets no further', async (host) => {
      const { status } = await asked({ host })
      expect([400, 403]).toContain(status)
    })

    it.each([
      ['https://evil.example', 403],
      ['null', 403],
      ['http://localhost:9999', 403],
      ['https://app.example', 200],
      ['https://app.example.evil.example', 403],
    ])('with Origin %s gets %i', async (origin, status) => {
      expect((await asked({ origin })).status).toBe(status)
    })

    it('is also stopped when it hides the Origin', async () => {
      expect((await asked({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
      expect((await asked({ 'sec-fetch-site': 'none' })).status).toBe(200)
    })

    it('may call the API from a listed page, never with cookies, and never the console’s routes', async () => {
      const origin = 'https://app.example'
      const allowed = await asked({ origin })
      expect(allowed.headers['access-control-allow-origin']).toBe(origin)
      expect(allowed.headers['access-control-allow-credentials']).toBeUndefined()
      const preflight = await asked(
        { origin, 'access-control-request-method': 'POST' },
        '/v1/chat/completions',
        'OPTIONS',
      )
      expect(preflight.status).toBe(204)
      expect(preflight.headers['access-control-allow-methods']).toBe('POST')
      expect((await asked({ origin }, '/admin/api/summary')).status).toBe(403)
      expect(
        (await asked({ origin, 'access-control-request-method': 'POST' }, '/admin/api/keys', 'OPTIONS')).status,
      ).toBe(403)
    })

    it('shows up in the events', async () => {
      const quiet = await testGateway()
      await quiet.send('GET', '/v1/models', { headers: { origin: 'https://evil.example' } })
      expect(quiet.events()[0]).toMatchObject({
        type: 'authz',
        outcome: 'failure',
        status: 403,
        detail: 'origin not allowed',
      })
      await quiet.close()
    })

    it('is served under an address only where the gateway listens on more than loopback', () => {
      const rules = { allowedHosts: [], allowedOrigins: [], listensPublicly: true }
      expect(checkCaller(new Headers({ host: '192.168.1.7:8711' }), rules)).toEqual({ kind: 'none' })
      expect(() => checkCaller(new Headers({ host: 'evil.example' }), rules)).toThrow(/Host/)
    })
  })

  describe('with a session', () => {
    const signIn = async (key: string) =>
      gateway.send('POST', '/admin/api/session', { key: null, body: JSON.stringify({ key }) })
    const open = async () => {
      const response = await signIn(gateway.adminKey)
      const cookie = response.headers.get('set-cookie') ?? ''
      const { csrfToken } = (await response.json()) as { csrfToken: string }
      return { cookie: cookie.split(';')[0] ?? '', full: cookie, csrfToken }
    }

    it('is opened by an admin key alone, in a cookie no script and no other site can use', async () => {
      const { full } = await open()
      expect(full).toMatch(/^sallyport_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
      expect((await signIn(gateway.clientKey)).status).toBe(403)
      expect((await signIn(STRANGER)).status).toBe(401)
      expect((await signIn('')).status).toBe(400)
    })

    it('reads with the cookie, but changes and chats only with the CSRF token', async () => {
      const { cookie, csrfToken } = await open()
      const call = (method: string, path: string, headers: Readonly<Record<string, string>>, body?: object) =>
        gateway.send(method, path, {
          key: null,
          headers: { cookie, ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
      expect((await call('GET', '/admin/api/session', {})).status).toBe(200)
      const chat = { model: 'demo', ...say('Hi') }
      expect((await call('POST', '/v1/chat/completions', {}, chat)).status).toBe(403)
      expect((await call('POST', '/v1/chat/completions', { [CSRF_HEADER]: 'x'.repeat(43) }, chat)).status).toBe(403)
      expect((await call('POST', '/v1/chat/completions', { [CSRF_HEADER]: csrfToken }, chat)).status).toBe(200)
      expect((await call('DELETE', '/admin/api/session', {})).status).toBe(403)
      expect((await call('DELETE', '/admin/api/session', { [CSRF_HEADER]: csrfToken })).status).toBe(204)
      expect((await call('GET', '/admin/api/session', {})).status).toBe(401)
    })

    it('never rescues a wrong key', async () => {
      const { cookie } = await open()
      expect((await gateway.send('GET', '/admin/api/summary', { key: STRANGER, headers: { cookie } })).status).toBe(401)
    })

    it.each([
      ['sallyport_session='],
      ['sallyport_session=AAAA'],
      [`sallyport_session=${'A'.repeat(43)}`],
      ['other=1'],
      ['sallyport_session'],
    ])('is not made up by the cookie %s', async (cookie) => {
      expect((await gateway.send('GET', '/admin/api/summary', { key: null, headers: { cookie } })).status).toBe(401)
    })
  })

  describe('over keys', () => {
    const admin = (method: string, path: string, body?: object) =>
      gateway.send(method, path, {
        key: gateway.adminKey,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })

    it('makes a key that works until it is revoked, and shows it once', async () => {
      const made = await admin('POST', '/admin/api/keys', { name: 'ci', role: 'client' })
      expect(made.status).toBe(201)
      const { key, info } = (await made.json()) as { key: string; info: { id: string } }
      expect((await gateway.send('GET', '/v1/models', { key })).status).toBe(200)
      const list = await (await admin('GET', '/admin/api/keys')).text()
      expect(list).toContain(info.id)
      expect(list).not.toContain(key)
      expect(list).not.toMatch(/digest|[0-9a-f]{64}/)
      expect((await admin('DELETE', `/admin/api/keys/${info.id}`)).status).toBe(204)
      expect((await gateway.send('GET', '/v1/models', { key })).status).toBe(401)
      expect((await admin('DELETE', `/admin/api/keys/${info.id}`)).status).toBe(404)
      expect(JSON.stringify(gateway.events())).not.toContain(key)
      const ofKey = gateway
        .events()
        .filter((event) => event.type === 'key-lifecycle' && JSON.stringify(event).includes(info.id))
      expect(ofKey).toHaveLength(2)
    })

    it('ends the sessions of a revoked admin key', async () => {
      const { key, info } = (await (
        await admin('POST', '/admin/api/keys', { name: 'second', role: 'admin' })
      ).json()) as { key: string; info: { id: string } }
      const session = await gateway.send('POST', '/admin/api/session', { key: null, body: JSON.stringify({ key }) })
      const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      await admin('DELETE', `/admin/api/keys/${info.id}`)
      expect((await gateway.send('GET', '/admin/api/summary', { key: null, headers: { cookie } })).status).toBe(401)
    })

    it('does not saw off the branch it sits on', async () => {
      const keys = (
        (await (await admin('GET', '/admin/api/keys')).json()) as { keys: { id: string; current?: boolean }[] }
      ).keys
      const current = keys.find((info) => info.current === true)
      expect((await admin('DELETE', `/admin/api/keys/${current?.id}`)).status).toBe(409)
    })

    it.each([
      [{ name: 'x' }],
      [{ name: '', role: 'client' }],
      [{ name: 'x', role: 'root' }],
      [{ name: 'x', role: 'client', key: 'y' }],
    ])('refuses %j', async (body) => {
      expect((await admin('POST', '/admin/api/keys', body)).status).toBe(400)
    })
  })

  it('records events in the form the console reads', async () => {
    const response = await gateway.send('GET', '/admin/api/events?limit=500', { key: gateway.adminKey })
    const { events } = (await response.json()) as { events: unknown[] }
    expect(events.length).toBeGreaterThan(5)
    for (const event of events) securityEventSchema.strict().parse(event)
  })
})

describe('a console that opens', () => {
  it('asks for a session before there is one: no failure, unlike a wrong key or another route without one', async () => {
    const gateway = await testGateway()
    const failures = () =>
      gateway.events().filter(({ type, outcome }) => type === 'auth_attempt' && outcome === 'failure')
    expect((await gateway.send('GET', '/admin/api/session', { key: null })).status).toBe(401)
    expect(failures()).toEqual([])
    expect((await gateway.send('GET', '/admin/api/session', { key: STRANGER })).status).toBe(401)
    expect(failures()).toHaveLength(1)
    expect((await gateway.send('GET', '/admin/api/summary', { key: null })).status).toBe(401)
    expect(failures()).toHaveLength(2)
    await gateway.close()
  })
})
