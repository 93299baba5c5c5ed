import { AI_SECRETS } from './providers/ai.data.ts'
import { CHAT_SECRETS } from './providers/chat.data.ts'
import { CLOUD_SECRETS } from './providers/cloud.data.ts'
import { COMMERCE_SECRETS } from './providers/commerce.data.ts'
import { CONNECTION_STRINGS } from './providers/connection-strings.data.ts'
import { GENERIC_SECRETS } from './providers/generic.data.ts'
import { HTTP_SECRETS } from './providers/http.data.ts'
import { IDENTITY_SECRETS } from './providers/identity.data.ts'
import { OPERATIONS_SECRETS } from './providers/operations.data.ts'
import { PRIVATE_KEYS } from './providers/private-keys.data.ts'
import { SOURCE_CONTROL_SECRETS } from './providers/source-control.data.ts'
import type { SecretRow } from './secret-row.ts'

/** Formats that a provider gave its credentials. */
export const PROVIDER_ROWS: readonly SecretRow[] = [
  ...AI_SECRETS,
  ...CLOUD_SECRETS,
  ...SOURCE_CONTROL_SECRETS,
  ...CHAT_SECRETS,
  ...COMMERCE_SECRETS,
  ...OPERATIONS_SECRETS,
  ...IDENTITY_SECRETS,
]

/** Secrets that are told by their structure or by the name in front of them. */
export const STRUCTURAL_ROWS: readonly SecretRow[] = [
  ...PRIVATE_KEYS,
  ...CONNECTION_STRINGS,
  ...HTTP_SECRETS,
  ...GENERIC_SECRETS,
]

export const SECRET_ROWS: readonly SecretRow[] = [...PROVIDER_ROWS, ...STRUCTURAL_ROWS]
