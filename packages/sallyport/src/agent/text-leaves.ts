import { jsonTexts, withJsonTexts } from '../conversation/json-texts.ts'
import type { Origin, Stage } from '../guard/stage.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { Media } from './media.ts'

const isMedia = (value: object): boolean => value instanceof Media

/** Every text in a value, property names included, with its JSON pointer. */
export function textLeaves(value: unknown, stage: Stage, origin: Origin): TextPart[] {
  return jsonTexts(value, stage, origin, isMedia)
}

/** The value with other texts, by pointer. What has none stays as it is. */
export function withTexts(value: unknown, texts: ReadonlyMap<string, string>): unknown {
  return withJsonTexts(value, texts, isMedia)
}

/** Whether a value carries media, which no gate reads. */
export function hasMedia(value: unknown): boolean {
  if (value instanceof Media) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMedia)
}
