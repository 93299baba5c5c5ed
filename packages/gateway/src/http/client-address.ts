import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isInNetworks } from '../identity/key-scope.ts'

/**
 * Who is at the other end of the connection. `X-Forwarded-For` is written by anybody, so it is read only when a trusted
 * proxy passes it on, and from its end: the last address that is no trusted proxy is the one such a proxy saw.
 */
export function clientAddress(
  headers: Headers,
  incoming: IncomingMessage | undefined,
  trustedProxies: readonly string[],
): string | undefined {
  const peer = peerOf(incoming?.socket)
  if (peer === undefined || trustedProxies.length === 0 || !isInNetworks(peer, trustedProxies)) return peer
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => normalize(hop.trim()))
  let last: string | undefined = peer
  for (const hop of hops.toReversed()) {
    // What stands before an unreadable hop proves nothing.
    if (hop === undefined) break
    last = hop
    if (!isInNetworks(hop, trustedProxies)) break
  }
  return last
}

/** Many requests come over one connection, and its address stays. */
const peers = new WeakMap<Socket, string>()

function peerOf(socket: Socket | undefined): string | undefined {
  if (socket === undefined) return undefined
  const peer = peers.get(socket) ?? normalize(socket.remoteAddress)
  if (peer !== undefined) peers.set(socket, peer)
  return peer
}

/** IPv4 written as IPv6 becomes IPv4; zone and port are left out. */
function normalize(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const bare = /^\[([0-9a-fA-F:.]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address
  const plain = bare.replace(/%.*$/, '')
  return ipaddr.isValid(plain) ? ipaddr.process(plain).toString() : undefined
}
