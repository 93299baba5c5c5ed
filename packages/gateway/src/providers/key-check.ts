import { checkKeyFormat } from 'sallyport/secrets'
import type { Secret } from 'sallyport/secrets'
import type { UpstreamConfig } from '../config/gateway-config.ts'

/** Whose API answers at a host, or below it. */
const PROVIDERS: readonly (readonly [host: string, provider: string])[] = [
  ['api.openai.com', 'openai'],
  ['api.anthropic.com', 'anthropic'],
  ['openrouter.ai', 'openrouter'],
  ['generativelanguage.googleapis.com', 'google'],
  ['openai.azure.com', 'azure'],
  ['api.mistral.ai', 'mistral'],
  ['api.groq.com', 'groq'],
  ['api.x.ai', 'xai'],
  ['api.perplexity.ai', 'perplexity'],
  ['router.huggingface.co', 'huggingface'],
  ['api.deepseek.com', 'deepseek'],
  ['api.cohere.ai', 'cohere'],
  ['api.together.xyz', 'together'],
  ['api.fireworks.ai', 'fireworks'],
  ['api.cerebras.ai', 'cerebras'],
  ['integrate.api.nvidia.com', 'nvidia'],
]

/** What is wrong with a key. `reason` never holds any part of it. */
export interface KeyProblem {
  readonly reason: string
  /** True when the gateway must not start with it. */
  readonly isRefused: boolean
}

/**
 * Whether a key can be one of its upstream's provider, as far as the host tells who that is. By default a wrong key for a known
 * provider is refused, and for any other host (where keys may be anything) only warned of; `keyFormat` says otherwise.
 */
export function checkUpstreamKey(
  { baseUrl, keyFormat }: Pick<UpstreamConfig, 'baseUrl' | 'keyFormat'>,
  key: Secret,
): KeyProblem | undefined {
  if (keyFormat === 'off') return undefined
  const provider = providerOf(baseUrl)
  const check = checkKeyFormat(provider ?? 'unknown', key)
  if (check.ok) return undefined
  const isRefused = keyFormat === undefined ? provider !== undefined : keyFormat === 'refuse'
  return { reason: check.reason, isRefused }
}

function providerOf(baseUrl: string): string | undefined {
  const { hostname } = new URL(baseUrl)
  return PROVIDERS.find(([host]) => hostname === host || hostname.endsWith(`.${host}`))?.[1]
}
