import type { Secret } from '../secret.ts'
import { SecretError } from '../secret-error.ts'
import type { SecretSource } from '../secret-source.ts'

export interface VaultOptions {
  /** `https://vault.example:8200`. */
  readonly address: string
  /** Asked for before each request, so that a token that is renewed elsewhere is picked up. */
  readonly token: () => Secret | Promise<Secret>
  /** Vault Enterprise and HCP namespaces. */
  readonly namespace?: string
  /** Default: the global `fetch`. */
  readonly fetch?: typeof fetch
}

const LONGEST_ANSWER = 1024 * 1024

/**
 * Secrets of a key-value store, version 2, in HashiCorp Vault or OpenBao: `vault:MOUNT/PATH#FIELD` reads
 * `GET /v1/MOUNT/data/PATH`. Redirects are not followed: the token would go with them.
 */
export function vaultSource({ address, token, namespace, fetch: send = fetch }: VaultOptions): SecretSource {
  const base = new URL(address)
  return {
    scheme: 'vault',
    read: async (place, signal) => {
      const [mount = '', ...path] = place.split('/').map(encodeURIComponent)
      const url = new URL(`${base.pathname.replace(/\/+$/, '')}/v1/${mount}/data/${path.join('/')}`, base)
      const response = await send(url, {
        headers: {
          'x-vault-token': (await token()).reveal(),
          // Vault's own guard against forged requests through a proxy or agent.
          'x-vault-request': 'true',
          ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
        },
        redirect: 'error',
        signal,
      })
      // A deleted version answers 404 with metadata, a missing path with nothing.
      if (response.status === 404) throw new SecretError('not-found', `There is no secret at vault:${place}.`)
      if (response.status !== 200) {
        throw new SecretError('unavailable', `Vault answered with status ${response.status} for vault:${place}.`)
      }
      const text = await response.text()
      const data = text.length > LONGEST_ANSWER ? undefined : secretOf(text)
      if (data === undefined)
        throw new SecretError('unavailable', `Vault answered with something that is no secret for vault:${place}.`)
      return JSON.stringify(data)
    },
  }
}

function secretOf(text: string): object | undefined {
  try {
    const body = JSON.parse(text) as { readonly data?: { readonly data?: unknown } }
    const data = body.data?.data
    return typeof data === 'object' && data !== null ? data : undefined
  } catch {
    return undefined
  }
}
