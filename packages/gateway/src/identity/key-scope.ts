import ipaddr from 'ipaddr.js'
import type { KeyScope } from '../contract.ts'

/** True when the key may call this route pattern: a listed path or one below it. */
export function allowsRoute({ routes }: KeyScope, path: string): boolean {
  return routes === undefined || routes.some((route) => path === route || path.startsWith(`${route}/`))
}

export function allowsModel({ models }: KeyScope, model: string): boolean {
  return models === undefined || models.some((pattern) => matches(pattern, model))
}

export function allowsTool({ tools }: KeyScope, tool: string): boolean {
  return tools === undefined || tools.some((pattern) => matches(pattern, tool))
}

/** True when the key may be used from this address. An address that is not known is in no network. */
export function allowsAddress({ networks }: KeyScope, address: string | undefined): boolean {
  return networks === undefined || (address !== undefined && isInNetworks(address, networks))
}

/** True when an address lies in one of the addresses and CIDR ranges. IPv4 written as IPv6 counts as IPv4. */
export function isInNetworks(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return networks.some((network) => {
    const [base, bits] = rangeOf(network)
    return parsed.kind() === base.kind() && parsed.match(base, bits)
  })
}

function rangeOf(network: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (network.includes('/')) return ipaddr.parseCIDR(network)
  const address = ipaddr.process(network)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
