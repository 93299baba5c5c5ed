import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Ways of turning text into markup or code, and inline styles: the Content-Security-Policy forbids them all. */
const RAW =
  /innerHTML|dangerouslySet|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc|document\.write|\beval\(|new Function|javascript:|\bstyle=/

const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
)

it('finds the sources', () => {
  expect(sources.length).toBeGreaterThan(30)
})

it.each(sources)('%s makes no markup or code out of text', (name) => {
  expect(readFileSync(`${FOLDER}/${name}`, 'utf8')).not.toMatch(RAW)
})

it.each(['<p dangerouslySetInnerHTML={x} />', 'a.innerHTML = b', 'eval(x)', '<p style={x} />'])(
  'would notice %s',
  (code) => {
    expect(code).toMatch(RAW)
  },
)
