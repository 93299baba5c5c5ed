import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startGateway, type RunningGateway } from '@sallyport/gateway'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser, findAccessibilityFaults, launchBrowser } from './console/browser.ts'

const DIST = fileURLToPath(new URL('../packages/console/dist', import.meta.url))
const ADMIN_KEY = `sp-admin-${'Ad3'.repeat(14)}`

describeInBrowser('the checklist page', () => {
  let browser: Browser
  let page: Page
  let gateway: RunningGateway
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-checklist-'))
    gateway = await startGateway({
      config: { consoleDir: DIST },
      environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: folder, SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN_KEY },
      drainMs: 200,
    })
    browser = await launchBrowser()
    page = await browser.newPage()
  })
  afterAll(async () => {
    await browser.close()
    await gateway.close()
    await rm(folder, { recursive: true })
  })

  it('runs the checks and shows each with its evidence, and what to do where something is open', async () => {
    await page.goto(gateway.url)
    await page.getByLabel('Admin key').fill(ADMIN_KEY)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Checklist' }).click()
    await page.getByText('Not run yet').waitFor()
    await page.getByRole('button', { name: 'Run the checks' }).click()
    const https = page.getByRole('listitem').filter({ hasText: 'HTTPS enabled' })
    await https.waitFor({ timeout: 120_000 })
    expect(await https.textContent()).toMatch(/^pass.*loopback/s)
    const limits = page.getByRole('listitem').filter({ hasText: 'Rate limiting configured' })
    expect(await limits.textContent()).toMatch(/^warn.*To do:/s)
    expect(await page.getByRole('status').filter({ hasText: 'failed' }).textContent()).toMatch(/^0 failed/)
    expect(await findAccessibilityFaults(page)).toEqual([])
    const shots = process.env['CHECKLIST_SHOTS']
    for (const scheme of shots === undefined ? [] : (['light', 'dark'] as const)) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.screenshot({ path: join(shots ?? '', `checklist-${scheme}.png`) })
    }
    await page.reload()
    await page.getByRole('listitem').filter({ hasText: 'HTTPS enabled' }).waitFor()
  }, 180_000)
})
