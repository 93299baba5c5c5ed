import type { Summary } from '@sallyport/gateway/contract'
import type { FeedState } from '../api/event-feed.ts'
import { formatDuration } from './format-time.ts'
import { Icon } from './icons.tsx'
import { Logo } from './logo.tsx'
import { PAGES, type Page } from './route.ts'
import { ThemeSwitch } from './theme-switch.tsx'

export const PAGE_TITLES = {
  playground: 'Playground',
  chat: 'Chat',
  events: 'Events',
  approvals: 'Approvals',
  alerts: 'Alerts',
  log: 'Log',
  keys: 'Keys',
  checklist: 'Checklist',
} as const satisfies Record<Page, string>

interface HeaderProps {
  readonly page: Page
  readonly summary: Summary | undefined
  readonly feed: FeedState
  readonly onSignOut: () => void
}

export function Header({ page, summary, feed, onSignOut }: HeaderProps) {
  return (
    <header class="header">
      <div class="header-bar">
        <a class="brand" href="#/playground" aria-label="Sallyport, to the playground">
          <Logo />
          <span>Sallyport</span>
        </a>
        <nav class="nav" aria-label="Pages">
          {PAGES.map((each) => (
            <a key={each} href={`#/${each}`} aria-current={each === page ? 'page' : undefined}>
              {PAGE_TITLES[each]}
            </a>
          ))}
        </nav>
        <Status summary={summary} feed={feed} />
        <div class="header-tools">
          <ThemeSwitch />
          <button type="button" class="button button-header" onClick={onSignOut}>
            <Icon name="leave" />
            Sign out
          </button>
        </div>
      </div>
    </header>
  )
}

const FEED_WORDS = {
  connecting: 'Connecting',
  live: 'On watch',
  reconnecting: 'Reconnecting',
} as const satisfies Record<FeedState, string>

function Status({ summary, feed }: { readonly summary: Summary | undefined; readonly feed: FeedState }) {
  const models = summary?.models ?? []
  return (
    <dl class="status" aria-label="Gateway status">
      <div>
        <dt class="unseen">State</dt>
        <dd class={`status-feed is-${feed}`} role="status">
          {FEED_WORDS[feed]}
        </dd>
      </div>
      <div title={summary && `Policy ${summary.policyDigest.slice(0, 16)}… · version ${summary.version}`}>
        <dt>Preset</dt>
        <dd>{summary?.preset ?? '…'}</dd>
      </div>
      <div title={models.join(', ')}>
        <dt>{models.length === 1 ? 'Model' : 'Models'}</dt>
        <dd>{models.length === 1 ? models[0] : summary ? models.length : '…'}</dd>
      </div>
      <div>
        <dt>Up</dt>
        <dd class="status-uptime">{summary ? formatDuration(summary.uptimeSeconds) : '…'}</dd>
      </div>
    </dl>
  )
}
