import { lookup as systemLookup } from 'node:dns'
import type { LookupAddress, LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isInNetworks } from '../identity/key-scope.ts'

/** Addresses with a public look behind which clouds keep what is meant for the machine alone. */
const RESERVED = ['168.63.129.16/32']

/** Code of the error of a connection that was never opened. */
export const REFUSED_ADDRESS = 'ERR_REFUSED_ADDRESS'

/**
 * True for addresses of the open internet. Everything else is refused unless it is written out: private and loopback
 * networks, link-local ones with the metadata of clouds, and the notations that hide one address in another.
 */
export function mayDial(address: string, allowed: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (allowed.length > 0 && isInNetworks(parsed.toString(), allowed)) return true
  return parsed.range() === 'unicast' && !isInNetworks(parsed.toString(), RESERVED)
}

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A `lookup` for sockets that gives only addresses that may be dialled. What it checks is what is dialled: between a
 * check of the name and the connection nothing can be put in between. One bad address refuses the name.
 */
export function checkedLookup(allowed: readonly string[], resolve: Resolve = systemLookup as Resolve): LookupFunction {
  return (host, options, answer) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return answer(error, [])
      const [first] = addresses
      if (first === undefined || addresses.some(({ address }) => !mayDial(address, allowed))) {
        return answer(refusedAddress(), [])
      }
      if (options.all === true) answer(null, addresses)
      else answer(null, first.address, first.family)
    })
  }
}

/** True when the host is a name, or an address that may be dialled: sockets do not look up addresses. */
export function mayDialHost(host: string, allowed: readonly string[]): boolean {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  return !ipaddr.isValid(bare) || mayDial(bare, allowed)
}

function refusedAddress(): NodeJS.ErrnoException {
  return Object.assign(new Error('the address is not one of the open internet'), { code: REFUSED_ADDRESS })
}
