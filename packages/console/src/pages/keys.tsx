import type { CreatedKey, KeyInfo } from '@sallyport/gateway/contract'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { formatFullTime } from '../ui/format-time.ts'
import { Icon } from '../ui/icons.tsx'
import { EmptyState, ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'
import { CreateKeyDialog, CreatedKeyDialog, RevokeKeyDialog } from './key-dialogs.tsx'
import { KeyScopeView } from './key-scope.tsx'
import { RotateKeyDialog } from './rotate-key-dialog.tsx'

type Open =
  | { readonly kind: 'create' }
  | { readonly kind: 'created'; readonly created: CreatedKey }
  | { readonly kind: 'rotate'; readonly key: KeyInfo }
  | { readonly kind: 'revoke'; readonly key: KeyInfo }

/** Who may pass: keys are listed, made and revoked, and never shown again after they were made. */
export function KeysPage({ client }: { readonly client: GatewayClient }) {
  const [keys, setKeys] = useState<readonly KeyInfo[]>()
  const [open, setOpen] = useState<Open>()
  const [error, setError] = useState<string>()

  const reload = useCallback(async () => {
    try {
      setKeys(await client.keys())
      setError(undefined)
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }, [client])
  useEffect(() => void reload(), [reload])

  return (
    <div class="keys">
      <div class="events-head">
        <h1>Keys</h1>
        <p class="lede">Only a keyed hash is stored. A lost key cannot be shown again, only replaced.</p>
        <button type="button" class="button button-primary" onClick={() => setOpen({ kind: 'create' })}>
          <Icon name="plus" />
          Create key
        </button>
      </div>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      <div class="card">
        {keys && keys.length > 0 && (
          <KeyTable
            keys={keys}
            onRotate={(key) => setOpen({ kind: 'rotate', key })}
            onRevoke={(key) => setOpen({ kind: 'revoke', key })}
          />
        )}
        {keys?.length === 0 && (
          <EmptyState title="No keys">
            <p>Create one for each application, so that each can be revoked alone.</p>
          </EmptyState>
        )}
      </div>
      {open?.kind === 'create' && (
        <CreateKeyDialog
          client={client}
          onClose={() => setOpen(undefined)}
          onCreated={(created) => {
            setOpen({ kind: 'created', created })
            void reload()
          }}
        />
      )}
      {open?.kind === 'created' && <CreatedKeyDialog created={open.created} onClose={() => setOpen(undefined)} />}
      {open?.kind === 'rotate' && (
        <RotateKeyDialog
          client={client}
          apiKey={open.key}
          onClose={() => setOpen(undefined)}
          onRotated={(created) => {
            setOpen({ kind: 'created', created })
            void reload()
          }}
        />
      )}
      {open?.kind === 'revoke' && (
        <RevokeKeyDialog
          client={client}
          apiKey={open.key}
          onClose={() => setOpen(undefined)}
          onRevoked={() => {
            setOpen(undefined)
            void reload()
          }}
        />
      )}
    </div>
  )
}

function KeyTable({
  keys,
  onRotate,
  onRevoke,
}: {
  readonly keys: readonly KeyInfo[]
  readonly onRotate: (key: KeyInfo) => void
  readonly onRevoke: (key: KeyInfo) => void
}) {
  return (
    <table class="table keys-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">Key</th>
          <th scope="col">Created</th>
          <th scope="col">Last used</th>
          <th scope="col">Expires</th>
          <th scope="col">
            <span class="unseen">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id} class={key.revokedAt ? 'is-revoked' : ''}>
            <th scope="row">
              <SafeText text={key.name} />
              {key.current && <span class="tag">this session</span>}
              {key.replacedBy && <span class="tag">rotated</span>}
              <KeyScopeView apiKey={key} />
            </th>
            <td>
              <span class={`role role-${key.role}`}>{key.role}</span>
            </td>
            <td>
              <code>{key.hint}</code>
            </td>
            <td>{formatFullTime(key.createdAt)}</td>
            <td>{key.lastUsedAt ? formatFullTime(key.lastUsedAt) : 'never'}</td>
            <td>{key.expiresAt ? formatFullTime(key.expiresAt) : 'never'}</td>
            <td class="cell-actions">
              {key.revokedAt ? (
                <span title={formatFullTime(key.revokedAt)}>revoked</span>
              ) : (
                <>
                  {!key.replacedBy && (
                    <button
                      type="button"
                      class="button"
                      aria-label={`Rotate ${key.name}`}
                      onClick={() => onRotate(key)}
                    >
                      Rotate
                    </button>
                  )}
                  {!key.current && (
                    <button
                      type="button"
                      class="button button-danger"
                      aria-label={`Revoke ${key.name}`}
                      onClick={() => onRevoke(key)}
                    >
                      Revoke
                    </button>
                  )}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
