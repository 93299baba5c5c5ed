import { SallyportError } from '../errors/sallyport-error.ts'

/** Answers whether a host (as `URL.host` writes it, port included) is in the list. */
export type HostList = (host: string) => boolean

/**
 * Compiles a host allow-list. `example.com` is that host alone, `*.example.com` its subdomains but not itself, `*` every
 * host. An entry with a port means that port only. Entries are read by the WHATWG URL parser, so case, IDN and a
 * trailing dot do not matter. Throws `invalid-options` for an entry that is no host.
 */
export function hostList(entries: readonly string[]): HostList {
  const exact = new Set<string>()
  const suffixes: string[] = []
  for (const entry of entries) {
    if (entry.trim() === '*') return () => true
    const isWildcard = entry.trim().startsWith('*.')
    const host = normalizeEntry(isWildcard ? entry.trim().slice(2) : entry.trim())
    if (isWildcard) suffixes.push(`.${host}`)
    else exact.add(host)
  }
  return (host) => {
    const full = bareHost(host)
    const withoutPort = full.replace(/:\d+$/, '')
    return (
      exact.has(full) ||
      exact.has(withoutPort) ||
      suffixes.some((suffix) => full.endsWith(suffix) || withoutPort.endsWith(suffix))
    )
  }
}

/** An allow-list that may be missing or hold `*`: undefined when every host will do. */
export function namedHosts(entries: readonly string[] | undefined): HostList | undefined {
  return entries === undefined || entries.some((entry) => entry.trim() === '*') ? undefined : hostList(entries)
}

/** Whether `entry` may stand in a host list. */
export function isHostEntry(entry: string): boolean {
  try {
    hostList([entry])
    return true
  } catch {
    return false
  }
}

function normalizeEntry(entry: string): string {
  const source = /^[a-z][a-z0-9+.-]*:\/\//i.test(entry) ? entry : `https://${entry}`
  const url = /[\s*@\\]/.test(entry) || !URL.canParse(source) ? undefined : new URL(source)
  if (url === undefined || url.host === '' || !/^\/?$/.test(url.pathname)) {
    throw new SallyportError(
      'invalid-options',
      'A host list entry must be a host name, with `*.` in front for subdomains.',
    )
  }
  return bareHost(url.host)
}

/** A trailing dot names the same host (RFC 1034 §3.1). */
function bareHost(host: string): string {
  return host.toLowerCase().replace(/\.(?=:\d+$|$)/, '')
}
