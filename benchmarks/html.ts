/*
 * HTML sanitizing beside sanitize-html, xss and DOMPurify on jsdom, in one process: ordinary pages of 1 and 100 kB, and
 * the shapes that make sanitizers slow, each at three sizes so that growth shows.
 * Usage: npm ci --prefix benchmarks/peers && npx tsx --conditions=sallyport-source benchmarks/html.ts
 */
import { createRequire } from 'node:module'
import { availableParallelism, cpus } from 'node:os'
import { sanitizeHtml } from '../packages/sallyport/src/sinks/html.ts'

const peers = createRequire(new URL('./peers/package.json', import.meta.url))
const sanitizers: Readonly<Record<string, (html: string) => unknown>> = {
  sallyport: (html) => sanitizeHtml(html, { maxLength: 10_000_000 }),
  'sanitize-html': peers('sanitize-html') as (html: string) => string,
  xss: peers('xss') as (html: string) => string,
  'DOMPurify+jsdom': openDomPurify(),
}

/** A run longer than this is not repeated, and the larger sizes of its row are left out, visibly. */
const PATIENCE_MS = 500

const paragraph =
  '<h2 id="part">A heading</h2><p class="lead">Some <b>bold</b> and <em>other</em> words, a <a href="https://example.com/a?b=c&amp;d=e" title="t">link</a>, <code>code()</code> &amp; more.</p><ul><li>one</li><li style="color: red">two</li></ul><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>\n'
const fill = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length))

const shapes: Readonly<Record<string, (length: number) => string>> = {
  'ordinary page': (length) => fill(paragraph, length),
  'nested <div>': (length) => '<div>'.repeat(length / 5),
  'attribute flood': (length) => `<p ${Array.from({ length: length / 10 }, (_, at) => `a${at}="x"`).join(' ')}>x</p>`,
  'nested <b> in <p>': (length) => '<p><b>'.repeat(length / 6),
  'unclosed tags': (length) => '<a href="'.repeat(length / 9),
  'plain text with <': (length) => 'a < b '.repeat(length / 6),
  'comment opens': (length) => '<!--'.repeat(length / 4),
}

const rows: Record<string, string | number>[] = []
for (const [shape, make] of Object.entries(shapes)) {
  const tooSlow = new Set<string>()
  for (const length of shape === 'ordinary page' ? [1_000, 10_000, 100_000] : [10_000, 100_000, 400_000]) {
    const html = make(length)
    const times = measure(html, tooSlow)
    const row: Record<string, string | number> = { shape, kB: length / 1000 }
    for (const name of Object.keys(sanitizers)) {
      const time = times.get(name)
      row[name] =
        typeof time === 'number' ? Number(time.toPrecision(3)) : (time ?? `not run (over ${PATIENCE_MS} ms before)`)
      if (typeof time === 'string' || (time !== undefined && time > PATIENCE_MS)) tooSlow.add(name)
    }
    rows.push(row)
  }
}
console.log('Median milliseconds of processor time per document, the sanitizers in turn.')
console.table(rows)
console.log(JSON.stringify({ processor: cpus()[0]?.model, processors: availableParallelism(), node: process.version }))

/**
 * Rounds with every sanitizer in turn, until each has had half a second and three runs: the slow ones drop out first, so
 * that they neither crowd out nor cool down the others. One run when it takes long. An error is a result, too.
 */
function measure(html: string, leaveOut: ReadonlySet<string>): ReadonlyMap<string, number | string> {
  const times = new Map<string, number[]>()
  const results = new Map<string, number | string>()
  const budgets = new Map<string, number>()
  const running = new Set(Object.keys(sanitizers).filter((name) => !leaveOut.has(name)))
  while (running.size > 0) {
    for (const name of running) {
      const own = times.get(name) ?? []
      times.set(name, own)
      const before = process.cpuUsage()
      try {
        sanitizers[name]?.(html)
      } catch (error) {
        results.set(name, `throws ${error instanceof Error ? error.name : 'something'}`)
        running.delete(name)
        continue
      }
      const { user, system } = process.cpuUsage(before)
      own.push((user + system) / 1000)
      const spent = (budgets.get(name) ?? 0) + (own.at(-1) ?? 0)
      budgets.set(name, spent)
      if ((own[0] ?? 0) > PATIENCE_MS || (own.length >= 3 && spent > 500)) running.delete(name)
    }
  }
  for (const [name, own] of times) {
    if (results.has(name)) continue
    own.sort((one, other) => one - other)
    results.set(name, own[Math.floor(own.length / 2)] ?? 0)
  }
  return results
}

function openDomPurify(): (html: string) => string {
  const { JSDOM } = peers('jsdom') as { JSDOM: new (html: string) => { window: unknown } }
  const createDomPurify = peers('dompurify') as (window: unknown) => { sanitize(html: string): string }
  const purifier = createDomPurify(new JSDOM('').window)
  return (html) => purifier.sanitize(html)
}
