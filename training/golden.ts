import { writeFileSync } from 'node:fs'
import { encodeText } from './encode-text.ts'
import { goldenTexts } from './golden-texts.data.ts'
import { scoreText, type Weights } from './trainer.ts'

/** Writes raw scores of the golden texts as training computes them, to hold the shipped code to. */
export function writeGolden(path: string, { weights }: { readonly weights: Weights }): void {
  const vectors = goldenTexts.flatMap((text) =>
    (['user', 'document'] as const).map((head) => {
      const encoded = encodeText(text)
      const raw = scoreText(encoded, weights, head)
      return { text, head, raw: encoded.length === 0 ? null : Math.round(raw * 1e4) / 1e4 }
    }),
  )
  const rows = vectors.map((vector) => `  ${JSON.stringify(vector)},`).join('\n')
  writeFileSync(
    path,
    `// Written by training/train.ts. Do not edit.\n\nexport interface GoldenVector {\n  readonly text: string\n  readonly head: 'user' | 'document'\n  /** Raw score of the worst window; null when the text has none. */\n  readonly raw: number | null\n}\n\nexport const goldenVectors: readonly GoldenVector[] = [\n${rows}\n]\n`,
  )
}
