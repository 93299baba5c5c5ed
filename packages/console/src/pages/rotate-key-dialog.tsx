import type { CreatedKey, KeyInfo } from '@sallyport/gateway/contract'
import { useState } from 'preact/hooks'
import { describeError, type GatewayClient } from '../api/gateway-client.ts'
import { Modal } from '../ui/modal.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { SafeText } from '../ui/safe-text.tsx'

const OVERLAPS = [
  [0, 'not at all'],
  [3_600, 'an hour'],
  [86_400, 'a day'],
  [604_800, 'a week'],
  [2_592_000, '30 days'],
] as const

interface RotateKeyDialogProps {
  readonly client: GatewayClient
  readonly apiKey: KeyInfo
  readonly onClose: () => void
  readonly onRotated: (created: CreatedKey) => void
}

/** A successor for a key; the old one works on while the new one is carried to where it is used. */
export function RotateKeyDialog({ client, apiKey, onClose, onRotated }: RotateKeyDialogProps) {
  const [overlapSeconds, setOverlapSeconds] = useState(86_400)
  const [error, setError] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const rotate = async () => {
    if (isBusy) return
    setIsBusy(true)
    try {
      onRotated(await client.rotateKey(apiKey.id, { overlapSeconds }))
    } catch (thrown) {
      setError(describeError(thrown))
      setIsBusy(false)
    }
  }
  return (
    <Modal title="Rotate this key" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void rotate()
        }}
      >
        <p>
          A new key takes over the name, the role and the limits of{' '}
          <strong>
            <SafeText text={apiKey.name} />
          </strong>{' '}
          (<code>{apiKey.hint}</code>). A key that leaked is revoked, not rotated.
        </p>
        <label for="key-overlap">The old key still works</label>
        <select
          id="key-overlap"
          value={String(overlapSeconds)}
          onChange={(event) => setOverlapSeconds(Number(event.currentTarget.value))}
        >
          {OVERLAPS.map(([seconds, label]) => (
            <option key={seconds} value={String(seconds)}>
              {label}
            </option>
          ))}
        </select>
        {error !== undefined && <ErrorNotice>{error}</ErrorNotice>}
        <div class="modal-actions">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button button-primary" aria-disabled={isBusy}>
            Rotate key
          </button>
        </div>
      </form>
    </Modal>
  )
}
