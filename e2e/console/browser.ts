import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { describe, expect } from 'vitest'

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)

/** Why the browser tests cannot run here; undefined when they can. In CI a missing browser is a failure, not a reason. */
const NO_BROWSER = EXECUTABLE || process.env['CI'] ? undefined : 'Chromium is not installed'

/** A suite that is skipped, with its reason in the title, where there is no browser. */
export function describeInBrowser(title: string, suite: () => void): void {
  const full = NO_BROWSER ? `${title} (skipped: ${NO_BROWSER})` : title
  describe.skipIf(NO_BROWSER)(full, { timeout: 120_000 }, suite)
}

export async function launchBrowser(): Promise<Browser> {
  if (!EXECUTABLE) throw new Error('Chromium is not installed: apt-get install chromium')
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Waits until the matcher holds; a busy machine may take its time. */
export function eventually<T>(read: () => Promise<T> | T) {
  return expect.poll(read, { timeout: 30_000 })
}

/** Everything that must not happen while hostile text is on the page. */
export interface Incidents {
  readonly dialogs: string[]
  readonly errors: string[]
  readonly violations: string[]
  /** Requests that left for another origin. */
  readonly strangers: string[]
}

/** Watches a page from before its first document. A 400, 401 or 403 the browser logs by itself is an answer, no incident. */
export async function watchPage(page: Page, url: string): Promise<Incidents> {
  const incidents: Incidents = { dialogs: [], errors: [], violations: [], strangers: [] }
  page.setDefaultTimeout(60_000)
  page.on('dialog', (dialog) => {
    incidents.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => incidents.errors.push(error.message))
  page.on('console', (message) => {
    const isAnswer = /^Failed to load resource: .* status of 40[013]/.test(message.text())
    if (message.type() === 'error' && !isAnswer) incidents.errors.push(message.text())
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) incidents.strangers.push(request.url())
  })
  await page.exposeBinding('reportViolation', (_, directive: string) => void incidents.violations.push(directive))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // @ts-expect-error The binding is added by the test.
      void globalThis.reportViolation(`${effectiveDirective} ${blockedURI}`)
    })
  })
  return incidents
}

/** What a first look with a checker such as axe would find: names, labels, levels, ids, languages. */
export async function findAccessibilityFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const isShown = (element: Element) => element.checkVisibility() && !element.closest('[aria-hidden="true"]')
    const textOf = (ids: string | null) =>
      (ids ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join('')
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ||
      textOf(element.getAttribute('aria-labelledby')) ||
      ('labels' in element
        ? Array.from(element.labels as NodeListOf<Element>, (label) => label.textContent).join('')
        : '') ||
      element.textContent?.trim() ||
      ''
    const tell = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}#${element.id}`

    for (const element of document.querySelectorAll(
      'button, a[href], summary, dialog, [role=dialog], [role=meter], nav',
    ))
      if (isShown(element) && !nameOf(element)) faults.push(`has no name: ${tell(element)}`)
    for (const element of document.querySelectorAll('input, select, textarea')) {
      const label = 'labels' in element ? (element.labels as NodeListOf<Element>).length > 0 : false
      if (isShown(element) && !label && !element.getAttribute('aria-label'))
        faults.push(`has no label: ${tell(element)}`)
    }
    const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id)
    for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`id twice: ${id}`)
    for (const attribute of ['for', 'aria-labelledby', 'aria-describedby'])
      for (const element of document.querySelectorAll(`[${attribute}]`))
        for (const id of (element.getAttribute(attribute) ?? '').split(' '))
          if (!document.getElementById(id)) faults.push(`${attribute} points nowhere: ${id}`)
    const headings = Array.from(document.querySelectorAll('h1, h2, h3')).filter(isShown)
    if (headings.filter(({ tagName }) => tagName === 'H1').length !== 1) faults.push('the page has not exactly one h1')
    if (Array.from(document.querySelectorAll('main')).filter(isShown).length !== 1)
      faults.push('the page has not exactly one main')
    if (!document.documentElement.lang) faults.push('the page has no language')
    if (!document.title) faults.push('the page has no title')
    return faults
  })
}

/** Text on its ground with less than the contrast WCAG AA asks for: 4.5, or 3 when it is large. */
export async function findLowContrast(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return ['no canvas to measure with']
    // Drawing the colors one over the other leaves what the eye sees, whatever notation they are written in.
    const paint = (colors: readonly string[]) => {
      context.clearRect(0, 0, 1, 1)
      for (const color of colors) {
        context.fillStyle = color
        context.fillRect(0, 0, 1, 1)
      }
      return Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3))
    }
    const luminance = (rgb: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = rgb.map((part) => {
        const value = part / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const groundsOf = (element: Element) => {
      const grounds: string[] = []
      for (let at: Element | null = element; at; at = at.parentElement)
        grounds.unshift(getComputedStyle(at).backgroundColor)
      return ['white', ...grounds]
    }
    const faults = new Set<string>()
    for (const element of document.querySelectorAll('body *')) {
      const hasText = Array.from(element.childNodes).some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      )
      if (
        !hasText ||
        !element.checkVisibility({ visibilityProperty: true }) ||
        element.closest('.unseen, noscript, option')
      )
        continue
      const style = getComputedStyle(element)
      const grounds = groundsOf(element)
      const [a, b] = [luminance(paint([...grounds, style.color])), luminance(paint(grounds))]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      const size = Number.parseFloat(style.fontSize)
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (isLarge ? 3 : 4.5))
        faults.add(`${element.tagName.toLowerCase()}.${element.className} ${ratio.toFixed(2)}`)
    }
    return [...faults]
  })
}
