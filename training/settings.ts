import type { CorpusSettings } from './assemble.ts'

/** What the shipped model was trained with. */
export const CORPUS_SETTINGS: Omit<CorpusSettings, 'data' | 'withUnclearLicence'> = {
  cap: 2_500,
  rounds: 1_200,
  seed: 7,
}
