import type { Session } from '@sallyport/gateway/contract'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { createGatewayClient, describeError } from './api/gateway-client.ts'
import { Console } from './console.tsx'
import { SignIn } from './pages/sign-in.tsx'

type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signed-out'; readonly notice?: string }
  | { readonly kind: 'signed-in'; readonly session: Session }

/** Decides between the sign-in page and the console; a session that ends anywhere leads back to the first. */
export function App() {
  const [state, setState] = useState<State>({ kind: 'starting' })
  const client = useMemo(
    () =>
      createGatewayClient({
        onSignedOut: () => setState({ kind: 'signed-out', notice: 'Your session has ended. Please sign in again.' }),
      }),
    [],
  )

  useEffect(() => {
    client.resume().then(
      (session) => setState(session ? { kind: 'signed-in', session } : { kind: 'signed-out' }),
      (error: unknown) => setState({ kind: 'signed-out', notice: describeError(error) }),
    )
  }, [client])

  const signOut = async () => {
    await client.signOut().catch(() => undefined)
    setState({ kind: 'signed-out', notice: 'You are signed out.' })
  }

  switch (state.kind) {
    case 'starting':
      return (
        <p class="unseen" role="status">
          Loading the console
        </p>
      )
    case 'signed-out':
      return (
        <SignIn
          client={client}
          notice={state.notice}
          onSignedIn={(session) => setState({ kind: 'signed-in', session })}
        />
      )
    case 'signed-in':
      return <Console client={client} role={state.session.role} onSignOut={() => void signOut()} />
    default:
      return state satisfies never
  }
}
