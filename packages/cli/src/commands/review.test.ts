import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuditLog } from 'sallyport/audit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-review-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function review(
  config: string,
): Promise<{ readonly code: number; readonly due: readonly { readonly what: string; readonly urgency: string }[] }> {
  const file = join(folder, 'sallyport.yaml')
  writeFileSync(file, config)
  const { code, lines } = await runCli(['review', '--json', '--config', file, '--data', join(folder, 'data')])
  return { code, due: lines[0]?.['due'] as never }
}

const exception = (expires: string): string =>
  `  - guard: secrets\n    code: jwt\n    route: /v1/guard\n    reason: test realm\n    expires: ${expires}\n`
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

it('says what is due: exceptions that ended or soon end, and what the checklist warns of, but no log that verifies', async () => {
  const log = await openAuditLog({ folder: join(folder, 'data', 'audit') })
  await log.append({ type: 'start', severity: 'info' } as never)
  await log.close()
  const { code, due } = await review(`exceptions:\n${[200, 3, -3].map(day).map(exception).join('')}`)
  expect(code).toBe(1)
  expect(due.filter(({ what }) => what.startsWith('exceptions'))).toMatchObject([
    { what: 'exceptions.1', urgency: 'soon' },
    { what: 'exceptions.2', urgency: 'now' },
  ])
  expect(due.map(({ what }) => what)).toContain('rate-limiting')
  expect(due.map(({ what }) => what)).not.toContain('security log')
}, 120_000)

it('says that the security log was edited', async () => {
  const audit = join(folder, 'data', 'audit')
  const segment = readdirSync(audit).find((name) => name.endsWith('.jsonl')) ?? ''
  writeFileSync(join(audit, segment), '{}\n')
  const { code, due } = await review('')
  expect(code).toBe(1)
  expect(due).toContainEqual(expect.objectContaining({ what: 'security log', urgency: 'now' }))
}, 120_000)
