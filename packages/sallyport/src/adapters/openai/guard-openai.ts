import type { AdapterOptions } from '../core/adapter-options.ts'
import { type FetchLike, guardFetch } from './guard-fetch.ts'

/** What is needed of the `openai` client: its options can be copied. */
export interface GuardableClient {
  // `never`: each version has its own options type.
  withOptions(options: never): unknown
}

/**
 * The same `openai` client inside the gates. It works below the client, so that its helpers (`stream`, `parse`,
 * `runTools`) pass them, too. A refusal is a `BadRequestError` with the code `content_filter`; a stream that is refused
 * midway ends with the finish reason `content_filter`.
 *
 * @example
 * ```ts
 * const client = guardOpenAI(new OpenAI())
 * const answer = await client.chat.completions.create({ model: 'gpt-5-mini', messages })
 * ```
 */
export function guardOpenAI<Client extends GuardableClient>(client: Client, settings: AdapterOptions = {}): Client {
  const { fetch } = client as { readonly fetch?: FetchLike }
  return client.withOptions({ fetch: guardFetch(settings, fetch ?? globalThis.fetch) } as never) as Client
}
