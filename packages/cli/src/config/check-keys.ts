import { readFileSync } from 'node:fs'
import { checkUpstreamKey } from '@sallyport/gateway'
import type { ConfigProblem } from 'sallyport/config'
import { Secret } from 'sallyport/secrets'
import type { ConfigFile } from '../load-config.ts'
import type { Risk } from './risks.ts'

/**
 * The keys of upstreams that can be read here: one the gateway would not start with is a problem, one it would warn of a risk.
 * Keys further away are looked at when the gateway starts.
 */
export function* checkKeys(
  { upstreams }: ConfigFile['gateway'],
  environment: Readonly<Record<string, string | undefined>>,
  lines: ReadonlyMap<string, number>,
): Generator<{ readonly risk?: Risk; readonly problem?: ConfigProblem }> {
  for (const [index, upstream] of upstreams.entries()) {
    const key = readNear(upstream.apiKey ?? '', environment)
    const problem = key === undefined ? undefined : checkUpstreamKey(upstream, key)
    if (problem === undefined) continue
    const path = `gateway.upstreams.${index}.apiKey`
    const message = `The key at ${upstream.apiKey ?? ''} looks wrong: ${problem.reason}`
    if (problem.isRefused) {
      const fix = ' If it is right, say keyFormat: warn.'
      yield { problem: { path, line: lines.get(path) ?? 1, column: 1, message: message + fix } }
    } else {
      yield { risk: { code: 'key-format', grade: 'low', path, message, fix: 'Put the right key there.' } }
    }
  }
}

function readNear(reference: string, environment: Readonly<Record<string, string | undefined>>): Secret | undefined {
  let text: string | undefined
  if (/^env:[^#]*$/.test(reference)) text = environment[reference.slice('env:'.length)]
  if (reference.startsWith('file:')) {
    try {
      text = readFileSync(reference.slice('file:'.length), 'utf8')
    } catch {
      return undefined
    }
  }
  const value = text?.trim() ?? ''
  return value === '' ? undefined : new Secret(value)
}
