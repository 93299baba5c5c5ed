import { UsageError } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/**
 * Asks a running gateway with the key in SALLYPORT_ADMIN_KEY.
 *
 * @throws UsageError that says what to do.
 */
export async function askGateway(url: string, path: string, { env }: Terminal): Promise<unknown> {
  const key = env['SALLYPORT_ADMIN_KEY']
  if (!key) throw new UsageError('Put an admin or operator key into SALLYPORT_ADMIN_KEY.')
  if (!URL.canParse(path, url)) throw new UsageError('--url is the address of a gateway, e.g. http://127.0.0.1:8711.')
  let response: Response
  try {
    response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${key}` }, redirect: 'error' })
  } catch (cause) {
    throw new UsageError('The gateway at --url cannot be reached.', { cause })
  }
  if (response.ok) return response.json()
  const body = (await response.json().catch(() => ({}))) as { readonly error?: { readonly message?: unknown } }
  throw new UsageError(`The gateway answered ${response.status}: ${String(body.error?.message ?? 'no reason given')}`)
}
