import type { SecurityTxtConfig } from '../config/exposure-config.ts'
import { REQUEST_ID_HEADER } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { API_HEADERS } from '../http/security-headers.ts'
import type { Services } from '../services.ts'

/** `GET /.well-known/security.txt` (RFC 9116). Wrong after its expiry, so it is then as if it were not there. */
export function securityTxt({ requestId }: Exchange, { config }: Services): Response {
  const { securityTxt: given } = config
  if (given === undefined || expiryOf(given).getTime() <= Date.now())
    throw new GatewayError('unknown_url', 'There is nothing here.')
  return new Response(renderSecurityTxt(given), {
    headers: {
      ...API_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      [REQUEST_ID_HEADER]: requestId,
    },
  })
}

/** RFC 9116, section 2.5. */
function renderSecurityTxt(given: SecurityTxtConfig): string {
  const lines = given.contact.map((contact) => `Contact: ${contact}`)
  lines.push(`Expires: ${expiryOf(given).toISOString()}`)
  for (const canonical of given.canonical ?? []) lines.push(`Canonical: ${canonical}`)
  if (given.policy !== undefined) lines.push(`Policy: ${given.policy}`)
  if (given.acknowledgments !== undefined) lines.push(`Acknowledgments: ${given.acknowledgments}`)
  if (given.encryption !== undefined) lines.push(`Encryption: ${given.encryption}`)
  if (given.preferredLanguages !== undefined) lines.push(`Preferred-Languages: ${given.preferredLanguages.join(', ')}`)
  return `${lines.join('\n')}\n`
}

/** A date alone lasts to its end. */
function expiryOf({ expires }: SecurityTxtConfig): Date {
  return new Date(expires.length === 10 ? `${expires}T23:59:59Z` : expires)
}
