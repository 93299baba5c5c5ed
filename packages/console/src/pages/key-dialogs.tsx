import type { CreatedKey, KeyInfo, Role } from '@sallyport/gateway/contract'
import { useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Modal } from '../ui/modal.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'
import { EMPTY_SCOPE, ScopeFields, scopeOf } from './key-scope.tsx'

interface CreateKeyDialogProps {
  readonly client: GatewayClient
  readonly onClose: () => void
  readonly onCreated: (created: CreatedKey) => void
}

export function CreateKeyDialog({ client, onClose, onCreated }: CreateKeyDialogProps) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('client')
  const [scope, setScope] = useState(EMPTY_SCOPE)
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)

  const create = async () => {
    if (name.trim() === '' || isBusy) return
    setIsBusy(true)
    try {
      onCreated(await client.createKey({ name: name.trim(), role, ...scopeOf(scope) }))
    } catch (thrown) {
      setError(describeError(thrown))
      setIsBusy(false)
    }
  }

  return (
    <Modal title="Create a key" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <label for="key-name">Name</label>
        <input
          id="key-name"
          value={name}
          maxLength={80}
          required
          autofocus
          autocomplete="off"
          placeholder="billing-bot"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <fieldset class="role-choice">
          <legend>Role</legend>
          <label>
            <input type="radio" name="role" checked={role === 'client'} onChange={() => setRole('client')} />
            <span>
              <strong>Client</strong> may talk to models
            </span>
          </label>
          <label>
            <input type="radio" name="role" checked={role === 'operator'} onChange={() => setRole('operator')} />
            <span>
              <strong>Operator</strong> may also open this console, but not see or make keys
            </span>
          </label>
          <label>
            <input type="radio" name="role" checked={role === 'admin'} onChange={() => setRole('admin')} />
            <span>
              <strong>Admin</strong> may also make and revoke keys
            </span>
          </label>
        </fieldset>
        <ScopeFields draft={scope} onChange={setScope} />
        {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
        <div class="modal-actions">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button button-primary" aria-disabled={name.trim() === '' || isBusy}>
            Create key
          </button>
        </div>
      </form>
    </Modal>
  )
}

export function CreatedKeyDialog({ created, onClose }: { readonly created: CreatedKey; readonly onClose: () => void }) {
  return (
    <Modal title="Copy the key now" onClose={onClose}>
      <p>
        This is the only time the key of{' '}
        <strong>
          <SafeText text={created.info.name} />
        </strong>{' '}
        can be seen.
      </p>
      <div class="new-key">
        <label class="unseen" for="new-key">
          New key
        </label>
        <input
          id="new-key"
          readonly
          value={created.key}
          autocomplete="off"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={created.key} label="Copy" />
      </div>
      <div class="modal-actions">
        <button type="button" class="button button-primary" onClick={onClose}>
          I have stored it
        </button>
      </div>
    </Modal>
  )
}

interface RevokeKeyDialogProps {
  readonly client: GatewayClient
  readonly apiKey: KeyInfo
  readonly onClose: () => void
  readonly onRevoked: () => void
}

export function RevokeKeyDialog({ client, apiKey, onClose, onRevoked }: RevokeKeyDialogProps) {
  const [error, setError] = useState<string>()
  const revoke = async () => {
    try {
      await client.revokeKey(apiKey.id)
      onRevoked()
    } catch (thrown) {
      setError(describeError(thrown))
    }
  }
  return (
    <Modal title="Revoke this key?" onClose={onClose}>
      <p>
        <strong>
          <SafeText text={apiKey.name} />
        </strong>{' '}
        (<code>{apiKey.hint}</code>) stops working at once, and for good.
      </p>
      {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
      <div class="modal-actions">
        <button type="button" class="button" autofocus onClick={onClose}>
          Keep it
        </button>
        <button type="button" class="button button-danger-solid" onClick={() => void revoke()}>
          Revoke key
        </button>
      </div>
    </Modal>
  )
}
