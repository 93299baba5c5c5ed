import { lengthPenalty } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import { FOLD_COUNT, type LabelledText } from './corpus.ts'
import { type Example, type Head, LENGTH_SLOPES, scoreText, type Settings, trainModel } from './trainer.ts'

export interface ScoredText {
  readonly text: LabelledText
  readonly head: Head
  /** Score of the worst window. */
  readonly worst: number
  /** The same less the penalty for the length of the text. */
  readonly raw: number
}

/** A score with the penalty for length applied as the shipped scan does. */
export function penalized(text: LabelledText, head: Head, worst: number): ScoredText {
  return { text, head, worst, raw: worst - lengthPenalty(LENGTH_SLOPES[head], text.text.length) }
}

/** How strongly each kind of text counts. */
export function exampleOf(text: LabelledText, encoded: Example['encoded']): Example {
  return {
    encoded,
    attack: text.attack,
    heads: text.heads,
    weight: text.weight * (text.generated ? 0.7 : text.attack ? 1.5 : 1),
    ...(text.span !== undefined && text.encoding === undefined && { span: text.span }),
  }
}

/**
 * Scores every text by a model that saw no text of its family. Generated texts are trained on in every fold; those held
 * out are scored by the first.
 */
export function scoreAcrossFolds(
  rows: readonly { readonly text: LabelledText; readonly encoded: Example['encoded'] }[],
  heldOut: readonly { readonly text: LabelledText; readonly encoded: Example['encoded'] }[],
  settings: Settings,
  note: (line: string) => void,
): ScoredText[] {
  const result: ScoredText[] = []
  for (let fold = 0; fold < FOLD_COUNT; fold++) {
    const training = rows.filter(({ text }) => text.fold !== fold)
    const weights = trainModel(
      training.map(({ text, encoded }) => exampleOf(text, encoded)),
      settings,
    )
    const scored = rows.filter(({ text }) => text.fold === fold)
    for (const { text, encoded } of fold === 0 ? [...scored, ...heldOut] : scored) {
      for (const head of text.heads) result.push(penalized(text, head, scoreText(encoded, weights, head)))
    }
    note(`fold ${fold + 1} of ${FOLD_COUNT}: trained on ${training.length}, scored ${scored.length}`)
  }
  return result
}
