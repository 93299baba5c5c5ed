import type { Session } from '@sallyport/gateway/contract'
import type { TargetedSubmitEvent } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { GatewayError, describeError, type GatewayClient } from '../api/gateway-client.ts'
import { Logo } from '../ui/logo.tsx'
import { ThemeSwitch } from '../ui/theme-switch.tsx'

interface SignInProps {
  readonly client: GatewayClient
  readonly notice: string | undefined
  readonly onSignedIn: (session: Session) => void
}

/**
 * Trades the admin key for a session cookie. The key lives in the form's field alone and is gone with it. The form says
 * `post`, so that a page whose script failed would never put the key into an address.
 */
export function SignIn({ client, notice, onSignedIn }: SignInProps) {
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const key = field.current?.value.trim() ?? ''
    if (!key || isBusy) return
    setIsBusy(true)
    setError(undefined)
    try {
      const session = await client.signIn(key)
      if (session.role !== 'client') {
        onSignedIn(session)
        return
      }
      await client.signOut()
      setError('This is a client key. The console needs an admin key or an operator key (sp-admin-…, sp-operator-…).')
    } catch (thrown) {
      setError(explain(thrown))
    }
    setIsBusy(false)
    field.current?.select()
  }

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <div class="sign-in-brand">
          <Logo size={52} />
          <div>
            <h1>Sallyport</h1>
            <p>Two gates around your model</p>
          </div>
        </div>
        <form method="post" onSubmit={(event) => void submit(event)}>
          {/* Password managers file a secret under a user name. */}
          <input
            class="unseen"
            type="text"
            name="username"
            autocomplete="username"
            value="admin"
            readonly
            tabIndex={-1}
            aria-hidden="true"
          />
          <label for="key">Admin key</label>
          <input
            ref={field}
            id="key"
            name="password"
            type="password"
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck={false}
            required
            autofocus
            aria-invalid={error !== undefined}
            aria-describedby="key-note key-error"
          />
          <p id="key-note" class="field-note">
            {notice ?? (
              <>
                The first start wrote it to <code>data/keys.txt</code>.
              </>
            )}
          </p>
          <p id="key-error" class="field-error" role="alert">
            {error}
          </p>
          <button class="button button-primary" type="submit" aria-disabled={isBusy}>
            {isBusy ? 'Opening…' : 'Sign in'}
          </button>
        </form>
      </div>
      <ThemeSwitch />
    </main>
  )
}

function explain(thrown: unknown): string {
  if (!(thrown instanceof GatewayError)) return describeError(thrown)
  if (thrown.status === 401) return 'The gateway does not know this key. Check that you copied all of it.'
  if (thrown.status === 403)
    return 'This key may not open the console. It needs an admin key or an operator key (sp-admin-…, sp-operator-…).'
  if (thrown.status === 429) return 'Too many attempts. Wait a minute, then try again.'
  return thrown.message
}
