import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sanitizeHtml } from '../packages/sallyport/src/sinks/html.ts'
import { MARKDOWN_ATTACKS } from '../packages/sallyport/src/sinks/markdown/attacks.data.ts'
import { sanitizeFor } from '../packages/sallyport/src/sinks/sanitize-for.ts'
import { sanitizeMarkdown } from '../packages/sallyport/src/sinks/markdown.ts'
import { HTML_ATTACKS } from './html-attacks.data.ts'

const CHROMIUM = process.env['SALLYPORT_CHROMIUM'] ?? '/usr/bin/chromium'
const DATA_SETS = process.env['SALLYPORT_DATA_SETS'] ?? resolve(import.meta.dirname, '../../shared/data')
const BATCH = 500

/** What a batch of payloads did in the browser. */
interface Deeds {
  readonly ran: number
  readonly fetched: readonly string[]
  readonly navigated: number
}

/** How a page comes by the texts, and the hosts it may load from. */
interface Showing {
  readonly by: 'insertion' | 'page' | 'page-without-script'
  readonly loads?: readonly string[]
}

interface Renderer {
  render(markdown: string): string
}

const hasChromium = existsSync(CHROMIUM)
if (!hasChromium && process.env['CI'] !== undefined)
  throw new Error('Chromium is required in CI: set SALLYPORT_CHROMIUM.')

/** The renderer as applications use it: HTML passed through, and HTML shown as text. */
async function renderers(): Promise<readonly Renderer[]> {
  const { Marked } = await import('marked')
  const open = new Marked({ gfm: true })
  const closed = new Marked({ gfm: true, renderer: { html: escapeToken } })
  return [open, closed].map((marked) => ({ render: (markdown) => String(marked.parse(markdown)) }))
}

function escapeToken(token: unknown): string {
  const html = typeof token === 'string' ? token : String((token as { text: string }).text)
  return html.replace(/&/g, '&amp;').replace(/</g, '&lt;')
}

describe.skipIf(!hasChromium)(
  `sanitized output in Chromium${hasChromium ? '' : ' (skipped: no Chromium found)'}`,
  () => {
    let browser: Browser
    let server: Server
    let origin: string

    /** What the server puts into the page it serves. */
    let served = ''

    beforeAll(async () => {
      server = createServer((_request, response) =>
        response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><body>${served}`),
      )
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--disable-dev-shm-usage',
        ],
      })
    })

    afterAll(async () => {
      await browser?.close()
      server?.close()
    })

    /** Puts each text into an element of its own, moves pointer and focus over it, and watches. */
    async function watch(bodies: readonly string[], { by, loads = [] }: Showing): Promise<Deeds> {
      const hasScript = by !== 'page-without-script'
      const context = await browser.newContext({ javaScriptEnabled: hasScript })
      const page = await context.newPage()
      const deeds = { ran: 0, fetched: [] as string[], navigated: -1 }
      if (hasScript) {
        await context.exposeBinding('sallyportRan', () => void deeds.ran++)
        await context.addInitScript(RECORDER)
      }
      page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
      page.on('framenavigated', (frame) => {
        if (frame === page.mainFrame()) deeds.navigated++
      })
      context.on('page', () => deeds.navigated++)
      await context.route('**/*', (route) => {
        const url = new URL(route.request().url())
        if (url.origin === origin && url.pathname === '/page') return route.continue()
        const isForeign = url.origin !== origin && /^(?:https?|wss?|ftp):$/.test(url.protocol)
        if (isForeign && !loads.includes(url.hostname.replace(/\.$/, ''))) deeds.fetched.push(url.host)
        return route.abort()
      })
      deeds.navigated = -1
      served = by === 'insertion' ? '' : bodies.map((body) => `<div>${body}</div>`).join('\n')
      // A payload that navigates away destroys the page; that is counted, not an error of the test.
      await page.goto(`${origin}/page`).catch(() => deeds.navigated++)
      if (hasScript) await provoke(page, by === 'insertion' ? bodies : []).catch(() => deeds.navigated++)
      else await page.waitForTimeout(200)
      await context.close()
      return deeds
    }

    async function watchAll(texts: readonly string[], showing: Showing = { by: 'insertion' }): Promise<Deeds> {
      const bodies = [...new Set(texts)]
      const total = { ran: 0, fetched: [] as string[], navigated: 0 }
      for (let start = 0; start < bodies.length; start += BATCH) {
        const deeds = await watch(bodies.slice(start, start + BATCH), showing)
        total.ran += deeds.ran
        total.fetched.push(...deeds.fetched)
        total.navigated += deeds.navigated
      }
      return total
    }

    const html = [...HTML_ATTACKS, ...readRows('xss.jsonl.gz', 'payload')]
    const exfiltration = [...MARKDOWN_ATTACKS, ...readRows('markdown_exfil.jsonl.gz', 'text')]
    const markdown = [...exfiltration, ...readRows('xss.jsonl.gz', 'payload')]
    const inert = { ran: 0, fetched: [], navigated: 0 }

    it('notices attacks at all: unsanitized HTML runs and fetches (negative control)', async () => {
      const deeds = await watchAll(HTML_ATTACKS)
      expect(deeds.ran).toBeGreaterThan(5)
      expect(deeds.fetched.length).toBeGreaterThan(5)
    }, 60_000)

    it('notices attacks at all: unsanitized Markdown runs and fetches (negative control)', async () => {
      const [open] = await renderers()
      const deeds = await watchAll(MARKDOWN_ATTACKS.map((text) => open?.render(text) ?? ''))
      expect(deeds.ran).toBeGreaterThan(3)
      expect(deeds.fetched.length).toBeGreaterThan(5)
    }, 60_000)

    it(`runs and fetches nothing of ${html.length} HTML payloads once sanitized`, async () => {
      const bodies = html.map((text) => {
        const result = sanitizeHtml(text)
        return result.ok ? result.value : ''
      })
      expect(await watchAll(bodies)).toEqual(inert)
    }, 180_000)

    it(`runs and fetches nothing of ${markdown.length} Markdown payloads once sanitized, with HTML on and off`, async () => {
      const bodies: string[] = []
      for (const renderer of await renderers()) {
        for (const text of markdown) {
          const result = sanitizeMarkdown(text)
          if (result.ok) bodies.push(renderer.render(result.value))
        }
      }
      expect(await watchAll(bodies)).toEqual(inert)
    }, 180_000)

    it.each(['page', 'page-without-script'] as const)(
      'notices attacks in a page served with them, too (%s, negative control)',
      async (by) => {
        const deeds = await watchAll(
          HTML_ATTACKS.filter((text) => !/plaintext|http-equiv|<xmp|<textarea|<title|<noscript/i.test(text)),
          { by },
        )
        expect(deeds.fetched.length).toBeGreaterThan(3)
        if (by === 'page') expect(deeds.ran).toBeGreaterThan(3)
      },
      60_000,
    )

    it.each(['page', 'page-without-script'] as const)(
      `runs and fetches nothing of ${html.length} HTML payloads in a %s served with them`,
      async (by) => {
        const bodies = html.map((text) => {
          const result = sanitizeHtml(text)
          return result.ok ? result.value : ''
        })
        expect(await watchAll(bodies, { by })).toEqual(inert)
      },
      180_000,
    )

    it('fetches from the hosts that are allowed alone, whatever the payload', async () => {
      const hosts = ['cdn.example.com', 'example.com']
      const [open] = await renderers()
      const bodies = html.map((text) => sanitizeFor('html', text, { hosts }).text)
      for (const text of exfiltration) bodies.push(open?.render(sanitizeFor('markdown', text, { hosts }).text) ?? '')
      expect(await watchAll(bodies, { by: 'insertion', loads: hosts })).toEqual(inert)
    }, 180_000)

    it('loads an image of an allowed host', async () => {
      const result = sanitizeHtml('<img src="https://cdn.example.com/a.png">', { imageHosts: ['cdn.example.com'] })
      const deeds = await watch([result.ok ? result.value : ''], { by: 'insertion' })
      expect(deeds.fetched).toEqual(['cdn.example.com'])
    })
  },
)

/** Replaces what attacks call to show that they ran. */
const RECORDER = `
  const ran = () => { try { window.sallyportRan?.() } catch {} }
  for (const name of ['alert', 'prompt', 'confirm', 'print']) window[name] = ran
  window.addEventListener('error', (event) => { if (event instanceof ErrorEvent) ran() })
`

/** Inserts the texts by innerHTML and as parsed documents do, then does what a reader might. */
async function provoke(page: Page, bodies: readonly string[]): Promise<void> {
  await page.evaluate((texts: readonly string[]) => {
    for (const text of texts) {
      const box = document.createElement('div')
      document.body.append(box)
      box.innerHTML = text
      // Scripts inserted by innerHTML do not run; a page that was served with them would run them.
      for (const script of box.querySelectorAll('script')) {
        const copy = document.createElement('script')
        for (const { name, value } of script.attributes) if (!name.startsWith('on')) copy.setAttribute(name, value)
        copy.textContent = script.textContent
        script.replaceWith(copy)
      }
    }
    const events = [
      'mouseover',
      'mouseenter',
      'mousemove',
      'mousedown',
      'mouseup',
      'focus',
      'focusin',
      'toggle',
      'pointerover',
    ]
    for (const element of document.body.querySelectorAll('*')) {
      for (const type of events) element.dispatchEvent(new Event(type, { bubbles: false }))
      // The browser's own reading of the link; a link to another page is the reader's choice.
      if (element instanceof HTMLAnchorElement && /^(?:javascript|vbscript|data):$/.test(element.protocol))
        element.click()
      if (element instanceof HTMLDetailsElement) element.open = true
    }
  }, bodies)
  await page.waitForTimeout(200)
}

function readRows(file: string, field: string): readonly string[] {
  const path = resolve(DATA_SETS, 'security', file)
  if (!existsSync(path)) return []
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')
  return lines.map((line) => String((JSON.parse(line) as Record<string, unknown>)[field] ?? ''))
}
