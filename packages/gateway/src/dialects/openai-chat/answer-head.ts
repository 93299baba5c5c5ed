import type { LabelCheck } from '../../gates/label-check.ts'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'

/** The fields every answer and chunk starts with. */
export interface AnswerHead {
  readonly id: string
  readonly object: 'chat.completion' | 'chat.completion.chunk'
  readonly created: number
  readonly model: string
  readonly system_fingerprint?: string
  readonly service_tier?: string
}

/**
 * The head of an answer: an id of ours, and of the upstream's labels only those that are clean. `model` falls back to
 * the name the caller asked for.
 */
export async function answerHead(
  upstream: JsonObject,
  options: {
    readonly requestId: string
    readonly model: string
    readonly object: AnswerHead['object']
    readonly labels: LabelCheck
  },
): Promise<AnswerHead> {
  const { labels } = options
  const label = async (value: JsonValue | undefined): Promise<string | undefined> =>
    typeof value === 'string' && (await labels.isClean(value)) ? value : undefined
  const model = await label(upstream['model'])
  const fingerprint = await label(upstream['system_fingerprint'])
  const tier = upstream['service_tier']
  const created = upstream['created']
  return {
    id: `chatcmpl-${options.requestId}`,
    object: options.object,
    created: typeof created === 'number' ? created : Math.floor(Date.now() / 1_000),
    model: model ?? options.model,
    ...(fingerprint === undefined ? {} : { system_fingerprint: fingerprint }),
    ...(typeof tier === 'string' ? { service_tier: tier } : {}),
  }
}
