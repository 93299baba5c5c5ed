import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCli } from './testing/run-cli.ts'
import { sarifSchema } from './testing/sarif-schema.ts'

it('writes what SARIF 2.1.0 requires, with the rule of each result and accepted findings as suppressed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-sarif-'))
  const key = ['ghp', '_', 'r7Kx2mQ9vLp4Wn8Tz1Ys6Hd3', 'Gf5Jb0Ac2ERq'].join('')
  writeFileSync(
    join(folder, 'a file.ts'),
    `const a = '${key}'\nconst b = '${key}' // sallyport-ignore secret -- revoked\n`,
  )
  writeFileSync(join(folder, 'b.bin'), new Uint8Array([0]))
  const { out } = await runCli(['scan', folder, '--sarif', '--fail-on', 'never'])
  rmSync(folder, { recursive: true })
  const log = sarifSchema.parse(JSON.parse(out))
  const [run] = log.runs
  expect(run?.results.map(({ ruleId, ruleIndex }) => ruleId === run.tool.driver.rules[ruleIndex]?.id)).toEqual([
    true,
    true,
  ])
  expect(run?.results.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([undefined, 'revoked'])
  expect(run?.results[0]?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe('a%20file.ts')
  expect(run?.invocations[0]?.toolExecutionNotifications).toHaveLength(1)
})
