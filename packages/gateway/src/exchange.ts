import type { ConversationText, Passage, Pseudonymizer, Restorer } from 'sallyport'
import type { Role } from './contract.ts'
import type { Principal } from './identity/key-ring.ts'
import type { Trail } from './observe/trail.ts'

/** One request on its way through the gateway: what every step needs to know of it, and nothing a caller may choose. */
export interface Exchange {
  readonly requestId: string
  /** From a well-formed `traceparent` header (W3C Trace Context), else made here. */
  readonly traceId: string
  /** How the request goes: steps, times, what came of it. */
  readonly trail: Trail
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
  /** Makes placeholders in what goes to the model. */
  readonly pseudonymizer?: Pseudonymizer
  /** Puts values back in what comes from it. */
  readonly restorer?: Restorer
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

/** What every event of a request says of it: its ids, who sent it, where to, and how long after its start. */
export function eventOrigin(
  exchange: Pick<Exchange, 'requestId' | 'traceId' | 'route' | 'principal' | 'user' | 'trail'>,
) {
  const actor = actorOf(exchange)
  return {
    requestId: exchange.requestId,
    traceId: exchange.traceId,
    ...(actor === undefined ? {} : { actor }),
    route: exchange.route,
    durationMs: exchange.trail.elapsedMs,
  }
}

/** What exceptions in the policy may name, the route and the key, and what guards may compare a text with. */
export function passageOf({ route, principal, conversation, pseudonymizer, restorer, trail }: Exchange): Passage {
  return {
    route: route.slice(route.indexOf(' ') + 1),
    onExcepted: (excepted) => trail.noteExcepted(excepted),
    ...(principal === undefined ? {} : { key: principal.keyId }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(pseudonymizer === undefined ? {} : { pseudonymizer }),
    ...(restorer === undefined ? {} : { restorer }),
  }
}
