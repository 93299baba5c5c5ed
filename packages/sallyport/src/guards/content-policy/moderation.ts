import { z } from 'zod'
import { SallyportError } from '../../errors/sallyport-error.ts'
import type { GuardContext, Match } from '../../guard/guard.ts'

/** What a moderation model says of a text: its own category name and a score from 0 to 1. */
export interface ModerationOpinion {
  readonly category: string
  readonly score: number
}

/** A moderation model or service, as a plain function. It must reject when it cannot answer, never return nothing. */
export type ModerationModel = (
  text: string,
  context: GuardContext & { readonly signal?: AbortSignal },
) => Promise<readonly ModerationOpinion[]>

export interface ModerationOptions {
  /** Score from which a category counts, by category; `*` for all others. Default 0.5. */
  readonly thresholds?: Readonly<Record<string, number>>
  readonly signal?: AbortSignal
}

const opinions = z.array(z.object({ category: z.string().min(1), score: z.number().min(0).max(1) }))

/**
 * Asks a moderation model and gives its opinions as matches over the whole text, with the codes `moderation-<category>`.
 * Gates do not call it by themselves yet: run it beside `shield.check` and decide on both.
 *
 * @throws SallyportError `invalid-input` when the answer cannot be read. What the model throws passes through: whoever
 * calls must treat both as a refusal.
 */
export async function moderationMatches(
  model: ModerationModel,
  text: string,
  context: GuardContext,
  options: ModerationOptions = {},
): Promise<readonly Match[]> {
  const answer = await model(text, options.signal ? { ...context, signal: options.signal } : context)
  const parsed = opinions.safeParse(answer)
  if (!parsed.success)
    throw new SallyportError('invalid-input', 'The moderation model gave an answer that cannot be read.')
  const thresholds = new Map(Object.entries(options.thresholds ?? {}))
  return parsed.data
    .filter(({ category, score }) => score >= (thresholds.get(category) ?? thresholds.get('*') ?? 0.5))
    .map(({ category, score }) => ({
      code: `moderation-${kebab(category)}`,
      severity: 'medium' as const,
      confidence: score,
      message: 'The moderation model objects.',
      start: 0,
      end: text.length,
    }))
}

function kebab(category: string): string {
  return category
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
