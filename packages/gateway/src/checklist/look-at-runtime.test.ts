import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { configFromEnvironment } from '../config/environment.ts'
import type { GatewayConfigInput } from '../config/gateway-config.ts'
import { lookAtRuntime } from './look-at-runtime.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-runtime-'))
  mkdirSync(at('data'))
  write('data/keys.txt', 0o600)
  chmodSync(at('data'), 0o700)
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, mode: number): void {
  writeFileSync(at(name), '')
  chmodSync(at(name), mode)
}

const open = (config: GatewayConfigInput = {}): readonly string[] | undefined =>
  lookAtRuntime(configFromEnvironment({ dataDir: at('data'), ...config }, {})).openFiles?.map(
    ({ name, isReachable }) => `${name} ${isReachable}`,
  )

it('has nothing to say of a folder that is shut', () => {
  expect(open()).toEqual([])
  write('data/notes.log', 0o644)
  expect(open()).toEqual([])
})

it('names a key that others may read, also in a folder that is shut: its mode goes along with a copy', () => {
  chmodSync(at('data/keys.txt'), 0o644)
  expect(open()).toEqual(['keys.txt false'])
})

it('names what is open in a folder that is, and the folder itself once others may write there', () => {
  chmodSync(at('data'), 0o755)
  expect(open()).toEqual([])
  write('data/notes.log', 0o640)
  expect(open()).toEqual(['notes.log true'])
  chmodSync(at('data'), 0o777)
  expect(open()).toEqual(['the data folder true', 'notes.log true'])
})

it('names the key of TLS and secrets in files by their settings, through links', () => {
  chmodSync(folder, 0o755)
  write('tls.key', 0o640)
  write('upstream.key', 0o604)
  write('shut.key', 0o400)
  symlinkSync(at('tls.key'), at('live.key'))
  const upstream = (name: string) => ({ name, baseUrl: 'https://a.example/v1', models: [name] })
  expect(
    open({
      listen: { tls: { cert: at('tls.pem'), key: at('live.key') } },
      upstreams: [
        { ...upstream('a'), apiKey: `file:${at('upstream.key')}` },
        { ...upstream('b'), apiKey: `file:${at('shut.key')}` },
      ],
    }),
  ).toEqual(['gateway.listen.tls.key true', 'gateway.upstreams.0.apiKey true'])
})

it('knows nothing of the runtime of an API elsewhere', () => {
  expect(lookAtRuntime(undefined)).toEqual({})
})
