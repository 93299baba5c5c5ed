import type { IoSchema } from './io-schema.ts'
import type { LanguageModel, ModelCall, PromptMessage } from './language-model.ts'
import { generateTurn } from './model-turn.ts'
import { readAnswer } from './read-answer.ts'
import { withRetry } from './with-retry.ts'

export interface Question<Output> {
  readonly model: LanguageModel
  readonly system: string
  readonly user: string
  readonly schema: IoSchema<unknown, Output>
  readonly signal?: AbortSignal | undefined
}

/** What a model that has no tools answers to one question, if it fits the schema. One more try, then it is a refusal. */
export async function askOnce<Output>({
  model,
  system,
  user,
  schema,
  signal,
}: Question<Output>): Promise<
  { readonly ok: true; readonly value: Output } | { readonly ok: false; readonly reason: string }
> {
  const prompt: PromptMessage[] = [
    { role: 'system', content: system },
    { role: 'user', content: [{ type: 'text', text: user }] },
  ]
  const { name, description, jsonSchema } = schema
  const call: ModelCall = {
    prompt,
    responseFormat: { type: 'json', schema: jsonSchema, name, description },
    ...(signal && { abortSignal: signal }),
  }
  for (let tries = 0; tries < 2; tries++) {
    const turn = await withRetry(() => generateTurn(model, call), { retries: 2, signal })
    // Nothing was offered, so whatever it calls is its own invention.
    const read = turn.toolCalls.length > 0 ? undefined : readAnswer(turn.text)
    if (read?.ok !== true) continue
    const fitted = await schema['~standard'].validate(read.value)
    if (!fitted.issues) return { ok: true, value: fitted.value }
  }
  return { ok: false, reason: `The model gave no answer that fits ${name}.` }
}
