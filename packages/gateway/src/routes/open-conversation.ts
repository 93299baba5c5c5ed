import type { VaultConversation } from 'sallyport/vault'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import type { Services } from '../services.ts'

/** Names the conversation a request belongs to, so that placeholders outlive the request. */
const CONVERSATION_HEADER = 'x-sallyport-conversation'
const CONVERSATION_NAME = /^[\w.:@/+=-]{1,200}$/

/**
 * Keeps what the vault should keep of a request. An answer does not fail because that did: its own values are at hand.
 */
export async function keepValues(conversation: VaultConversation, services: Services): Promise<void> {
  try {
    await conversation.save()
  } catch (error) {
    reportVaultFault(error, services)
  }
}

/** Fetches the values of placeholders that stand in a request. Those that cannot be fetched stay placeholders. */
export async function recallValues(
  conversation: VaultConversation,
  texts: Iterable<string>,
  services: Services,
): Promise<void> {
  try {
    await conversation.recall(texts)
  } catch (error) {
    reportVaultFault(error, services)
  }
}

function reportVaultFault(error: unknown, services: Services): void {
  services.reportFault(error)
  services.faults.record({ type: 'degraded', severity: 'medium', detail: 'the store of the vault is away' })
}

/**
 * The vault's side of a request: placeholders of the key's owner, of the person behind the key if it names one, and of
 * the conversation if the request names one. Without that name only values of this request are ever put back.
 *
 * @throws GatewayError `invalid_value` when the header holds no name.
 */
export function openConversation(exchange: Exchange, services: Services): VaultConversation {
  const name = exchange.request.headers.get(CONVERSATION_HEADER)
  if (name !== null && !CONVERSATION_NAME.test(name)) {
    throw new GatewayError(
      'invalid_value',
      `Invalid '${CONVERSATION_HEADER}': 1 to 200 letters, digits and _ . : @ / + = - are a name.`,
      { param: CONVERSATION_HEADER },
    )
  }
  const { principal, user } = exchange
  return services.vault.open({
    tenant: principal === undefined ? '' : services.keys.ownerOf(principal.keyId),
    ...(user === undefined ? {} : { subject: user }),
    ...(name === null ? {} : { conversation: name }),
  })
}
