import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runCli } from './testing/run-cli.ts'

it('prints what the README shows', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const [, text = '', shown = ''] = /^\$ npx sallyport check "([^"\n]+)"\n([\s\S]*?)^```/m.exec(readme) ?? []
  expect(text).not.toBe('')
  const { out } = await runCli(['check', text])
  expect(out).toBe(shown)
})
