import type { CreateKeyRequest, KeyInfo } from '@sallyport/gateway/contract'
import { SafeText } from '../ui/safe-text.tsx'

/** The fields of a scope as they are typed. */
export interface ScopeDraft {
  readonly models: string
  readonly routes: string
  readonly tools: string
  readonly networks: string
  /** `2027-03-31`, that day (UTC) included. */
  readonly expires: string
  readonly claims: 'default' | 'none' | 'developer' | 'user' | 'both'
}

export const EMPTY_SCOPE: ScopeDraft = {
  models: '',
  routes: '',
  tools: '',
  networks: '',
  expires: '',
  claims: 'default',
}

const LISTS = [
  ['models', 'Models', 'gpt-5-*, demo'],
  ['routes', 'Routes', '/v1/chat/completions'],
  ['tools', 'Tools', 'search, calendar-*'],
  ['networks', 'Networks', '10.0.0.0/8, 2001:db8::/32'],
] as const

const CLAIMS = [
  ['default', 'As configured'],
  ['none', 'Nothing'],
  ['developer', 'To speak as the developer'],
  ['user', 'To name the person it acts for'],
  ['both', 'Both'],
] as const

/** What a draft narrows a key to. An empty field narrows nothing; whether the rest is right is for the gateway to say. */
export function scopeOf(draft: ScopeDraft): Omit<CreateKeyRequest, 'name' | 'role'> {
  const lists = LISTS.flatMap(([field]) => {
    const items = draft[field].split(/[\s,]+/).filter((item) => item !== '')
    return items.length === 0 ? [] : [[field, items] as const]
  })
  const { claims } = draft
  const claimed = {
    developer: claims === 'developer' || claims === 'both',
    user: claims === 'user' || claims === 'both',
  }
  return {
    ...Object.fromEntries(lists),
    ...(draft.expires === '' ? {} : { expiresAt: `${draft.expires}T23:59:59.999Z` }),
    ...(claims === 'default' ? {} : { claims: claimed }),
  }
}

export function ScopeFields({
  draft,
  onChange,
}: {
  readonly draft: ScopeDraft
  readonly onChange: (draft: ScopeDraft) => void
}) {
  return (
    <details class="key-scope">
      <summary>Narrow it</summary>
      <p class="hint">Commas between items, * at the end for any rest. What is left empty narrows nothing.</p>
      <div class="key-scope-fields">
        {LISTS.map(([field, label, example]) => (
          <div key={field}>
            <label for={`key-${field}`}>{label}</label>
            <input
              id={`key-${field}`}
              value={draft[field]}
              placeholder={example}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
            />
          </div>
        ))}
        <div>
          <label for="key-expires">Last day (UTC)</label>
          <input
            id="key-expires"
            type="date"
            value={draft.expires}
            onInput={(event) => onChange({ ...draft, expires: event.currentTarget.value })}
          />
        </div>
        <div>
          <label for="key-claims">May claim</label>
          <select
            id="key-claims"
            value={draft.claims}
            onChange={(event) =>
              onChange({
                ...draft,
                claims: CLAIMS.find(([name]) => name === event.currentTarget.value)?.[0] ?? 'default',
              })
            }
          >
            {CLAIMS.map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </div>
    </details>
  )
}

/** What narrows a key, in words; nothing when nothing does. */
export function KeyScopeView({ apiKey }: { readonly apiKey: KeyInfo }) {
  const { claims } = apiKey
  const lists = LISTS.flatMap(([field, label]) => {
    const items = apiKey[field]
    return items === undefined ? [] : [[label, items.length === 0 ? 'none' : items.join(', ')] as const]
  })
  const claimed = [claims?.developer === true ? 'developer' : '', claims?.user === true ? 'user' : ''].filter(Boolean)
  const rows = [...lists, ...(claims === undefined ? [] : [['Claims', claimed.join(', ') || 'none'] as const])]
  if (rows.length === 0) return null
  return (
    <dl class="key-scope-view">
      {rows.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <SafeText text={text} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
