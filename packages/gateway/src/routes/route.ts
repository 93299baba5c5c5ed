import type { Exchange } from '../exchange.ts'
import type { Services } from '../services.ts'

/**
 * Who may use a route. There is no default: a route without a permission cannot be written down.
 * `public`: anybody who reaches the port; `caller`: any key or session; `operator`: those of operators and admins;
 * `admin`: those of admins.
 */
export type Permission = 'public' | 'caller' | 'operator' | 'admin'

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Hono path pattern. */
  readonly path: string
  readonly permission: Permission
  /** True when listed web pages (CORS) may call it; never routes that take a session's cookie for granted. */
  readonly crossOrigin?: boolean
  /** True when requests count against the limits of their key before they are read. Chat counts once its user and model are known. */
  readonly isLimited?: boolean
  readonly handle: (exchange: Exchange, services: Services) => Response | Promise<Response>
}
