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
    const row: Record<string, string | number> = { shape, kB: length / 1000 }
    for (const [name, sanitize] of Object.entries(sanitizers)) {
      if (tooSlow.has(name)) {
        row[name] = `not run (over ${PATIENCE_MS} ms before)`
        continue
      }
      const milliseconds = median(() => sanitize(html))
      row[name] = typeof milliseconds === 'string' ? milliseconds : Number(milliseconds.toPrecision(3))
      if (typeof milliseconds === 'string' || milliseconds > PATIENCE_MS) tooSlow.add(name)
    }
    rows.push(row)
  }
}
console.log('Median milliseconds per document.')
console.table(rows)
console.log(JSON.stringify({ processor: cpus()[0]?.model, processors: availableParallelism(), node: process.version }))

/** Half a second of runs, at least three; one when it takes long. An error is a result, too. */
function median(run: () => unknown): number | string {
  const times: number[] = []
  const until = performance.now() + 500
  do {
    const before = performance.now()
    try {
      run()
    } catch (error) {
      return `throws ${error instanceof Error ? error.name : 'something'}`
    }
    times.push(performance.now() - before)
    if ((times[0] ?? 0) > PATIENCE_MS) break
  } while (times.length < 3 || performance.now() < until)
  times.sort((one, other) => one - other)
  return times[Math.floor(times.length / 2)] ?? 0
}

function openDomPurify(): (html: string) => string {
  const { JSDOM } = peers('jsdom') as { JSDOM: new (html: string) => { window: unknown } }
  const createDomPurify = peers('dompurify') as (window: unknown) => { sanitize(html: string): string }
  const purifier = createDomPurify(new JSDOM('').window)
  return (html) => purifier.sanitize(html)
}
