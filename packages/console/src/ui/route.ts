import { useEffect, useState } from 'preact/hooks'

export const PAGES = ['playground', 'chat', 'events', 'approvals', 'alerts', 'log', 'keys', 'checklist'] as const
export type Page = (typeof PAGES)[number]

export interface Route {
  readonly page: Page
  /** `#/events?request=…`: show the events of one request. */
  readonly requestId: string | undefined
}

/** The page named after the `#`, so that the gateway needs no rule for each of them. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash))
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

export function requestLink(requestId: string): string {
  return `#/events?request=${encodeURIComponent(requestId)}`
}

function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  return {
    page: PAGES.find((page) => page === path) ?? 'playground',
    requestId: new URLSearchParams(search).get('request') ?? undefined,
  }
}
