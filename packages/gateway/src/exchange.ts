import type { ConversationText, Passage } from 'sallyport'
import type { Role } from './contract.ts'
import type { Principal } from './identity/key-ring.ts'

/** One request on its way through the gateway: what every step needs to know of it, and nothing a caller may choose. */
export interface Exchange {
  readonly requestId: string
  /** From a well-formed `traceparent` header (W3C Trace Context). */
  readonly traceId?: string
  /** Method and route pattern, never the URL that was asked for. */
  readonly route: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly request: Request
  /** Calls `listener` once if the caller goes away before the answer is complete; the returned function takes it back. */
  onGone(listener: () => void): () => void
  readonly principal?: Principal
  /** Network address of the caller, as far as it is known. */
  readonly address?: string
  /** Stands for the person behind the key, if the key may name one. A keyed digest: the name itself is not kept. */
  readonly user?: string
  readonly params: Readonly<Record<string, string>>
  /** The session the caller signed in with, if not with a key. */
  readonly sessionId?: string
  /** What the answer is compared with, once the request is read. */
  readonly conversation?: ConversationText
  /** Reads the body once, within the limits. */
  readonly body: () => Promise<Buffer>
}

/** What events say about who acted. */
export function actorOf(
  exchange: Pick<Exchange, 'principal' | 'user'>,
): { readonly keyId: string; readonly role: Role; readonly user?: string } | undefined {
  const { principal, user } = exchange
  if (principal === undefined) return undefined
  return { keyId: principal.keyId, role: principal.role, ...(user === undefined ? {} : { user }) }
}

/** What exceptions in the policy may name, the route and the key, and what guards may compare a text with. */
export function passageOf({ route, principal, conversation }: Exchange): Passage {
  return {
    route: route.slice(route.indexOf(' ') + 1),
    ...(principal === undefined ? {} : { key: principal.keyId }),
    ...(conversation === undefined ? {} : { conversation }),
  }
}
