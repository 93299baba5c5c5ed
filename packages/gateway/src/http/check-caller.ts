import ipaddr from 'ipaddr.js'
import { GatewayError } from '../gateway-error.ts'

export interface CallerRules {
  /** Names (without port) the gateway answers to besides loopback. */
  readonly allowedHosts: readonly string[]
  /** Origins of web pages that may call. */
  readonly allowedOrigins: readonly string[]
  /** True when the gateway listens on more than loopback: then it is also called by address. */
  readonly listensPublicly: boolean
}

/** The origin of an allowed foreign web page, `same` for our own page, undefined when no browser page asks. */
export type CallerOrigin = { readonly kind: 'none' | 'same' } | { readonly kind: 'listed'; readonly origin: string }

/**
 * Keeps web pages out. A page can make a browser call loopback; by DNS rebinding even as "same origin", but then the
 * Host header holds the page's own name. So the Host must be a name of ours, and an Origin our own or a listed one.
 *
 * @throws GatewayError `host_not_allowed` or `origin_not_allowed`.
 */
export function checkCaller(headers: Headers, rules: CallerRules): CallerOrigin {
  const host = headers.get('host')
  if (host === null || !isAllowedHost(host, rules)) {
    throw new GatewayError(
      'host_not_allowed',
      'This Host is not served here. Add it to gateway.allowedHosts if it should be.',
    )
  }
  const origin = headers.get('origin')
  if (origin === null) {
    // Older browsers leave Origin out of some requests; Sec-Fetch-Site cannot be set by a page.
    const site = headers.get('sec-fetch-site')
    if (site === 'cross-site' || site === 'same-site') throw foreignPage()
    return { kind: 'none' }
  }
  if (origin === `http://${host}` || origin === `https://${host}`) return { kind: 'same' }
  if (rules.allowedOrigins.includes(origin)) return { kind: 'listed', origin }
  throw foreignPage()
}

/** True for an address only this machine can reach. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '')
  if (name === 'localhost') return true
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback'
}

// A host with an optional port and nothing else: no user, no path, no list.
const HOST = /^(?<name>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/

function isAllowedHost(host: string, rules: CallerRules): boolean {
  const name = HOST.exec(host.toLowerCase())?.groups?.['name']
  if (name === undefined) return false
  if (name === 'localhost' || name === '127.0.0.1' || name === '[::1]') return true
  if (rules.allowedHosts.includes(name)) return true
  // An address cannot be rebound: whoever names it means this machine.
  return rules.listensPublicly && ipaddr.isValid(name.replace(/^\[|\]$/g, ''))
}

function foreignPage(): GatewayError {
  return new GatewayError(
    'origin_not_allowed',
    'This web page may not call the gateway. Add its origin to gateway.allowedOrigins if it may.',
  )
}
